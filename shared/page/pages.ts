import { readUtf8, utf8 } from "../base/bytes.ts";
import { groupBy } from "../base/group.ts";
import type { DeviceId, PageId } from "../base/ids.ts";
import { layOver } from "../base/layers.ts";
import { createCell, type Live } from "../base/live.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { SealedCache } from "../ledger/sealedCache.ts";
import type { CacheChange, StoreCode } from "../ledger/stores.ts";
import { applyApart, type Digested, type PageMessage } from "./applyApart.ts";
import type { PageFacts } from "./facts.ts";
import { createLastPage, type OpenReplay } from "./lastPage.ts";
import { decodeRecord, encodeRecord, parseJson, type PageRecord } from "./pageRecord.ts";

/**
 * Every page that one ledger tells of: digests admitted messages into records (merged state) and facts (for
 * lists), both sealed in the page cache. The live documents of editors stand apart and only hear of updates.
 */
export type Pages = {
  readonly facts: Live<ReadonlyMap<PageId, PageFacts>>;
  readonly load: () => Promise<Result<void, StoreCode | "CACHE_DAMAGED">>;
  /** In order. What breaks a rule is counted and shown as such, never applied. */
  readonly digest: (
    messages: readonly PageMessage[],
  ) => Promise<Result<readonly CacheChange[], StoreCode | "CACHE_DAMAGED">>;
  readonly read: (
    page: PageId,
  ) => Promise<Result<PageRecord, "NO_PAGE" | StoreCode | "CACHE_DAMAGED">>;
  /** Hears each update applied to this page after the record was read, and at once of its withdrawal. */
  readonly watch: (page: PageId, hear: (news: PageNews) => void) => () => void;
  readonly forget: () => void;
};

/** An update, or that the words are gone: whoever shows them empties the page. */
export type PageNews = Uint8Array | "withdrawn";

export type PagesParts = {
  readonly cache: SealedCache;
  readonly random: Random;
  /** On a shelf where two write: the person who reads here, by their first device. Undefined: only one does. */
  readonly me?: DeviceId;
  /** A page whose update was refused by the guard, for the trouble list. */
  readonly onWhiteOut: (code: string) => void;
};

export const createPages = ({ cache, random, me, onWhiteOut }: PagesParts): Pages => {
  const facts = createCell<ReadonlyMap<PageId, PageFacts>>(new Map());
  const watchers = new Map<PageId, Set<(news: PageNews) => void>>();
  const last = createLastPage();

  const read: Pages["read"] = async (page) => {
    const found = await cache.read("pages", page);
    if (!found.ok) return found;
    return found.value === undefined ? refuse("NO_PAGE") : decodeRecord(found.value);
  };

  const digestInto = (
    before: PageRecord | undefined,
    messages: readonly PageMessage[],
    open: OpenReplay | undefined,
  ): Digested => {
    if (me === undefined) return applyApart(before, messages, random, "kept", open?.replay);
    const [known, inOrder] = mineFirst(me, before, messages);
    // Only what goes on from what the document holds may go on in it.
    const replay = known === open?.record ? open?.replay : undefined;
    return applyApart(known, inOrder, random, "shared", replay);
  };

  const digestPage = async (
    page: PageId,
    messages: readonly PageMessage[],
  ): Promise<Result<Digested, StoreCode | "CACHE_DAMAGED">> => {
    const open = last.take(page);
    const known = open === undefined ? await read(page) : accept(open.record);
    if (!known.ok && known.code !== "NO_PAGE") return refuse(known.code);
    const digested = digestInto(known.ok ? known.value : undefined, messages, open);
    if (digested.open !== undefined) last.keep(page, digested.open);
    for (const code of digested.refusals) onWhiteOut(code);
    const news: readonly PageNews[] = digested.withdrawn ? ["withdrawn"] : digested.applied;
    for (const one of news) {
      for (const hear of watchers.get(page) ?? []) hear(one);
    }
    return accept(digested);
  };

  return {
    facts,
    read,
    load: async () => {
      // The cache may have been emptied since: what it holds now is all there is.
      last.forget();
      const cards = await cache.readAll("cards");
      if (!cards.ok) return cards;
      const loaded = new Map<PageId, PageFacts>();
      for (const [page, bytes] of cards.value) {
        const text = readUtf8(bytes);
        const parsed = text.ok ? parseJson<PageFacts>(text.value) : refuse("CACHE_DAMAGED");
        if (!parsed.ok) return refuse("CACHE_DAMAGED");
        loaded.set(page as PageId, parsed.value);
      }
      facts.set(loaded);
      return accept(undefined);
    },
    digest: async (messages) => {
      const changes: CacheChange[] = [];
      const before = facts.read();
      const next = new Map<PageId, PageFacts | undefined>();
      for (const [page, ofPage] of groupBy(messages, (message) => message.page)) {
        const digested = await digestPage(page, ofPage);
        if (!digested.ok) {
          // Of what was taken on before it nothing is kept: it will come once more.
          last.forget();
          return digested;
        }
        const { record, facts: known } = digested.value;
        if (record === undefined) continue;
        changes.push({ section: "pages", key: page, value: encodeRecord(record) });
        if (known !== undefined || before.has(page)) next.set(page, known);
        changes.push({ section: "cards", key: page, value: known && utf8(JSON.stringify(known)) });
      }
      // First the records: who hears of a page may open it at once.
      cache.stage(changes);
      if (next.size > 0) facts.set(layOver(before, next));
      return accept(changes);
    },
    watch: (page, hear) => {
      const hearers = watchers.get(page) ?? new Set();
      watchers.set(page, hearers.add(hear));
      return () => {
        hearers.delete(hear);
        if (hearers.size === 0) watchers.delete(page);
      };
    },
    forget: () => {
      watchers.clear();
      last.forget();
      facts.set(new Map());
    },
  };
};

/**
 * A page that I have said anything of is mine. Nobody can name it before I do; but made anew from the volumes, what I
 * said first may be redacted, and what the partner sent for it then comes before my trace.
 */
const mineFirst = (
  me: DeviceId,
  known: PageRecord | undefined,
  messages: readonly PageMessage[],
): readonly [PageRecord | undefined, readonly PageMessage[]] => {
  const mine = messages.filter(({ device }) => device === me);
  if (mine.length === 0) return [known, messages];
  const theirs = messages.filter(({ device }) => device !== me);
  return [known?.owner === me ? known : undefined, [...mine, ...theirs]];
};
