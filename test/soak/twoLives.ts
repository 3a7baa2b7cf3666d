import type { PageId } from "../../shared/base/ids.ts";
import { createFolderCarrier } from "../../shared/carry/folder/folderCarrier.ts";
import type { Carrier } from "../../shared/carry/carrier.ts";
import { capsuleRootOf } from "../../shared/carry/capsule/head.ts";
import { createMailboxCarrier } from "../../renderer/carriers/mailbox/mailboxCarrier.ts";
import { createMemoryFolder } from "../support/memorySharedFolder.ts";
import { nodeSocket, type StockMailbox } from "../support/mailboxStock.ts";
import { pickNumber, seededRandom } from "../support/seededRandom.ts";
import {
  createTwoPartners,
  must,
  shareEntry,
  writeDraft,
  type Desk,
} from "../support/twoPartners.ts";
import { readPage, rewrite, send } from "../unit/actsKit.ts";
import { crkOf, hand, pagesOf, recordsIn, writeFile } from "../unit/capsuleKit.ts";
import { picture, readAll, sharePhotos } from "../unit/photoKit.ts";

/** What carries on a day. "hand": a file goes from each to the other; "nothing": nobody is reached. */
const ways = ["link", "link", "folder", "folder", "mailbox", "hand", "nothing"] as const;
type Way = (typeof ways)[number];

/** "unsure": its writer was cut off before the disk had said yes. */
type Fate = "private" | "shared" | "withdrawn" | "unsure";
type Written = { readonly owner: 0 | 1; readonly page: PageId; readonly words: string; fate: Fate };

export type TwoLivesParts = {
  readonly seed: number;
  readonly days: number;
  /** Without one, its days are days of the folder. */
  readonly mailbox?: StockMailbox;
};

const second = 1_000;
const hour = 3_600 * second;
const day = 24 * hour;

/**
 * Two partners over many days, from a seed: they write, share, ask, answer, change and withdraw, with photos; each day
 * another carrier is there, or none; computers are locked, left open, killed in the middle of a write; one clock jumps
 * by as much as a day. In the end everything is there, and time to come to rest.
 */
export const liveTwoLives = async ({ seed, days, mailbox }: TwoLivesParts) => {
  const chance = seededRandom(seed + 9_000);
  const below = (most: number): number => pickNumber(chance, most);
  const some = <One>(from: readonly One[]): One | undefined =>
    from[below(Math.max(1, from.length))];
  const folder = createMemoryFolder();
  let ahead = 0;

  const partners = await createTwoPartners({
    seed,
    annaAhead: () => ahead,
    alsoBy: (channel, { clock, random, isAlive }): readonly Carrier[] => {
      const { capsuleRoot: root, folderPhotos: photos, me, peer: partner } = channel;
      const guarded = async <Value>(run: () => Promise<Value>): Promise<Value> =>
        isAlive() ? run() : new Promise<never>(() => {});
      const files = {
        list: () => guarded(folder.files.list),
        read: (name: string) => guarded(() => folder.files.read(name)),
        put: (name: string, bytes: Uint8Array) => guarded(() => folder.files.put(name, bytes)),
        remove: (name: string) => guarded(() => folder.files.remove(name)),
        onChange: folder.files.onChange,
      };
      const byFolder = createFolderCarrier({ files, root, photos, me, partner, clock, random });
      if (mailbox === undefined) return [byFolder];
      const { address } = mailbox;
      const box = { address, keys: channel.mailbox, me, partner, clock, random };
      return [byFolder, createMailboxCarrier({ ...box, WebSocket: nodeSocket })];
    },
  });
  const { link, clock } = partners;
  const desks: readonly [Desk, Desk] = [partners.anna, partners.sam];
  const isOpen = [true, true];
  const written: Written[] = [];
  const photos: { readonly page: PageId; readonly refs: Parameters<typeof readAll>[2] }[] = [];
  const did = { writes: 0, kills: 0, jumps: 0, hands: 0 };

  const turns = async (count = 3): Promise<void> => {
    for (let turn = 0; turn < count; turn++) await new Promise((next) => setImmediate(next));
  };
  const pass = async (ms: number, step = second / 2): Promise<void> => {
    for (let past = 0; past < ms; past += step) {
      await turns();
      await link.settle();
      clock.advance(step);
    }
    await turns();
  };
  const open = async (who: 0 | 1): Promise<void> => {
    if (!isOpen[who]) await desks[who].open();
    isOpen[who] = true;
  };
  const setWay = (way: Way): void => {
    if (way === "link") link.heal();
    else link.cut();
    folder.gone(!(way === "folder" || (way === "mailbox" && mailbox === undefined)));
    if (way === "mailbox") mailbox?.heal();
    else mailbox?.cut();
  };
  const mine = (owner: 0 | 1, fate: Fate): readonly Written[] =>
    written.filter((one) => one.owner === owner && one.fate === fate);

  const act = async (who: 0 | 1): Promise<void> => {
    const journal = desks[who].journal();
    const words = `words ${(did.writes += 1)} of ${desks[who].name}`;
    const what = below(20);
    if (what < 6) {
      const page = must(await journal.entries.draftEntry());
      await writeDraft(journal, page, words);
      written.push({ owner: who, page, words, fate: "private" });
    } else if (what < 11) {
      written.push({ owner: who, page: await shareEntry(journal, words), words, fate: "shared" });
    } else if (what < 13) {
      const page = await send(journal, journal.draftQuestion(), words);
      written.push({ owner: who, page, words, fate: "shared" });
    } else if (what < 15) {
      const asked = some(mine(who === 0 ? 1 : 0, "shared"));
      const question = journal.cards
        .read()
        .find(({ id, kind }) => id === asked?.page && kind === "question");
      if (question !== undefined) await send(journal, journal.draftAnswer(question.id), words);
    } else if (what < 17) {
      const draft = some(mine(who, "private"));
      if (draft === undefined) return;
      await rewrite(journal, draft.page, words);
      written[written.indexOf(draft)] = { ...draft, words };
    } else if (what < 19) {
      const sent = some(mine(who, "shared"));
      if (sent === undefined) return;
      must(await journal.withdraw(sent.page));
      sent.fate = "withdrawn";
    } else {
      const sent = await sharePhotos(journal, words, [picture(20_000 + below(60_000), did.writes)]);
      photos.push(sent);
      written.push({ owner: who, page: sent.page, words, fate: "shared" });
    }
  };

  /** The power goes while something is written: what the disk had not confirmed may be there or not. */
  const cutOff = async (who: 0 | 1): Promise<void> => {
    did.kills += 1;
    const journal = desks[who].journal();
    const page = must(await journal.entries.draftEntry());
    written.push({ owner: who, page, words: "", fate: "unsure" });
    const writing = writeDraft(journal, page, "cut off").catch(() => undefined);
    await turns(below(3));
    desks[who].kill();
    isOpen[who] = false;
    await Promise.race([writing, turns()]);
  };

  const handOver = async (): Promise<void> => {
    await open(0);
    await open(1);
    did.hands += 1;
    await hand(desks[0], desks[1]);
    await pass(second);
    await hand(desks[1], desks[0]);
    await pass(second);
  };

  const liveDay = async (): Promise<void> => {
    const way = some(ways) ?? "nothing";
    setWay(way);
    if (below(15) === 0) {
      did.jumps += 1;
      ahead = (below(49) - 24) * hour;
    }
    const first = below(2) === 0 ? 0 : 1;
    for (const who of [first, first === 0 ? 1 : 0] as const) {
      if (below(10) < 2) continue;
      await open(who);
      for (let acts = 1 + below(4); acts > 0; acts--) {
        await act(who);
        await pass((1 + below(8)) * second);
      }
      if (below(12) === 0) await cutOff(who);
      await pass(below(90) * second);
    }
    if (way === "hand") await handOver();
    for (const who of [0, 1] as const) {
      if (!isOpen[who] || below(10) < 3) continue;
      await desks[who].lock();
      isOpen[who] = false;
    }
    await pass(day - (clock.now() % day), hour / 4);
  };

  for (let today = 0; today < days; today++) await liveDay();
  ahead = 0;
  link.heal();
  folder.gone(false);
  mailbox?.heal();
  await open(0);
  await open(1);
  await pass(hour);

  const crk = capsuleRootOf(crkOf(seed));
  return {
    desks,
    clock,
    did,
    written: written as readonly Written[],
    photos: photos as readonly (typeof photos)[number][],
    pass,
    /** As each says it of itself, in one order. */
    heads: async (): Promise<readonly unknown[]> =>
      Promise.all(
        desks.map(async (desk) => {
          const [start] = await recordsIn(crk, await writeFile(desk.journal()));
          if (start?.type !== "heads") throw new Error("a capsule begins with its heads");
          return start.heads
            .map(({ notebook, device, seq, id }) => `${notebook} ${device} ${seq} ${id}`)
            .toSorted();
        }),
      ),
    pages: () => desks.map(({ journal }) => pagesOf(journal())),
    readPage: (who: 0 | 1, page: PageId) => readPage(desks[who].journal(), page),
    readPhotos: (who: 0 | 1, at: (typeof photos)[number]) =>
      readAll(desks[who].journal(), at.page, at.refs),
    end: async () => {
      await Promise.all(desks.map((desk) => desk.lock()));
    },
  };
};

export type TwoLives = Awaited<ReturnType<typeof liveTwoLives>>;
