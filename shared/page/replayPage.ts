import * as Y from "yjs";
import type { DeviceId, NotebookId, PageId } from "../base/ids.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { applyBounded, checkShape } from "./boundedYjs.ts";
import { checkHand, type Checked, type GuardCode } from "./guard.ts";
import { isRemade, readLasting } from "./lasting.ts";
import { newPageDoc, pageMeta, pageWords, type PageDoc } from "./pageDoc.ts";
import type { PageRecord } from "./pageRecord.ts";
import { createNamed } from "./photosIn.ts";
import { isWithdrawn, keepTrace, readTrace, redactedTime } from "./trace.ts";

/** An admitted message, as far as pages care. */
export type PageMessage = {
  /**
   * begin: the words as they were shared · change: a later update · remove: its writer took it away ·
   * redact: its writer withdrew the words, the page stays as a trace.
   */
  readonly act: "begin" | "change" | "remove" | "redact";
  /** The first device of the person who wrote it: pages are a person's, whatever computer is used. */
  readonly device: DeviceId;
  readonly notebook: NotebookId;
  readonly page: PageId;
  readonly time: number;
  readonly doubtful: boolean;
  readonly body: Uint8Array;
  /** The partner's copy brought it back to the person who had written it. */
  readonly cameBack?: boolean | undefined;
};

/** kept: one person's own drafts or room · shared: what a reader was shown of it stays, or leaves a trace. */
export type PageRules = "kept" | "shared";

/**
 * One page, message after message, behind the guard. `take` says what a message did: words: title or body changed ·
 * other: something else of it did · withdrawn: the words are gone, now or once more · nothing. What is refused is
 * whited out and leaves the document as it was.
 */
export type Replay = {
  readonly take: (message: PageMessage) => Result<Done, GuardCode>;
  readonly doc: () => PageDoc;
  /** Undefined while nothing admissible has been said. */
  readonly record: () => PageRecord | undefined;
  readonly close: () => void;
};

export type Done = "words" | "other" | "gone" | "withdrawn" | "nothing";

export const openReplay = (
  known: PageRecord | undefined,
  random: Random,
  rules: PageRules = "kept",
): Replay => {
  let record = known;
  /** As in the record, where they are only brought when it is asked for: a page may have thousands. */
  let hands = new Map(known?.hands);
  const named = createNamed(known?.named);
  let doc = openState(known?.state, random);
  /** What `doc` is made of, to make it anew after an update that broke it. */
  let base = known?.state;
  let since: Uint8Array[] = [];
  /** All of the page is one update in which nothing is deleted: then that is its state, and need not be encoded. */
  let saidWhole = false;

  const whiteOut = (code: GuardCode): Result<never, GuardCode> => {
    if (record !== undefined) record = { ...record, whitedOut: record.whitedOut + 1 };
    return refuse(code);
  };

  const become = (next: PageDoc): void => {
    doc.destroy();
    doc = next;
    base = Y.encodeStateAsUpdate(next);
    since = [];
  };

  const reopen = (): void => {
    doc.destroy();
    doc = openState(base, random);
    for (const update of since) Y.applyUpdate(doc, update);
    // Once for each of them, however many are refused after it.
    stateNow();
  };

  const stateNow = (): Uint8Array => {
    if (since.length > 0) {
      base = saidWhole ? since[0] : Y.encodeStateAsUpdate(doc);
      since = [];
    }
    return base ?? new Uint8Array();
  };

  /** The words go at the first word of it, be that the trace or a redaction; what follows only repeats it. */
  const withdraw = (owned: PageRecord, message: PageMessage): Result<Done, never> => {
    hands = new Map();
    named.forget();
    record = {
      ...owned,
      changedAt: undefined,
      withdrawnAt: message.time,
      dateDoubtful: owned.dateDoubtful || message.doubtful,
      whitedOut: 0,
      // Of words that are gone nobody needs to know where they came from.
      cameBack: false,
    };
    become(keepTrace(doc));
    return accept("withdrawn");
  };

  const redact = (message: PageMessage): Result<Done, GuardCode> => {
    if (record === undefined) return withdraw(begun(message, redactedTime(message.body)), message);
    if (record.withdrawnAt === undefined) return withdraw(record, message);
    // Read anew, the trace is the first there is, and only the redaction still knows when the words were written.
    if (record.writtenAt === record.withdrawnAt)
      record = { ...record, writtenAt: redactedTime(message.body) ?? record.writtenAt };
    return accept("nothing");
  };

  /** Also of what was never seen: read anew from the volumes, its words may have left before what says so. */
  const vanish = (message: PageMessage): Result<Done, never> => {
    hands = new Map();
    named.forget();
    record = { ...(record ?? begun(message)), gone: true };
    become(newPageDoc(random));
    return accept("gone");
  };

  /** No words are taken in any more; a trace may still say what page this was. */
  const takeWithdrawn = ({ act, body, device }: PageMessage): Result<Done, never> => {
    if (act !== "begin" || !checkHand(body, device, device, new Map()).ok) return accept("nothing");
    const trace = readTrace(body, random);
    if (trace === undefined) return accept("nothing");
    become(trace);
    return accept("withdrawn");
  };

  const takeUpdate = (message: PageMessage): Result<Done, GuardCode> => {
    const { body, device } = message;
    const checked = checkHand(body, device, record?.owner, hands);
    if (!checked.ok) return whiteOut(checked.code);
    const before = rules === "shared" && record !== undefined ? readLasting(doc) : undefined;
    const outcome = applyUpdate(doc, body, checked.value);
    if (outcome !== "words" && outcome !== "other") {
      reopen();
      return whiteOut(outcome);
    }
    if (before !== undefined && !isWithdrawn(doc) && isRemade(before, readLasting(doc))) {
      reopen();
      return whiteOut("PAGE_REMADE");
    }
    saidWhole =
      base === undefined && since.length === 0 && checked.value.decoded.ds.clients.size === 0;
    since.push(body);
    named.take(checked.value.decoded.structs);
    for (const client of checked.value.fresh) hands.set(client, device);
    record = advance(record, message, outcome === "words");
    return isWithdrawn(doc) ? withdraw(record, message) : accept(outcome);
  };

  return {
    take: (message) => {
      if (record?.gone === true) return accept("nothing");
      if (record !== undefined && record.owner !== message.device) return whiteOut("NOT_YOUR_PAGE");
      if (rules === "kept" && (message.act === "redact" || message.act === "remove"))
        return vanish(message);
      if (message.act === "redact") return redact(message);
      if (message.act === "remove") {
        if (record === undefined) return refuse("NOT_YOUR_PAGE");
        // Where a partner has read it, nothing goes without a trace.
        return record.withdrawnAt === undefined ? withdraw(record, message) : accept("nothing");
      }
      return record?.withdrawnAt === undefined ? takeUpdate(message) : takeWithdrawn(message);
    },
    doc: () => doc,
    record: () =>
      record && {
        ...record,
        hands: [...hands],
        named: named.names(),
        state: record.gone ? new Uint8Array() : stateNow(),
      },
    close: () => doc.destroy(),
  };
};

const begun = (
  { device, notebook, time, doubtful, cameBack }: PageMessage,
  writtenAt = time,
): PageRecord => ({
  owner: device,
  notebook,
  hands: [],
  writtenAt,
  changedAt: undefined,
  withdrawnAt: undefined,
  dateDoubtful: doubtful,
  whitedOut: 0,
  gone: false,
  cameBack: cameBack === true,
  named: [],
  state: new Uint8Array(),
});

const advance = (
  record: PageRecord | undefined,
  message: PageMessage,
  wordsChanged: boolean,
): PageRecord => {
  if (record === undefined) return begun(message);
  // What comes back may come behind what was written on the new computer meanwhile: the later day stands, as there.
  const isBehind = message.cameBack === true && (record.changedAt ?? 0) > message.time;
  const changed = message.act === "change" && wordsChanged && !isBehind;
  return {
    ...record,
    changedAt: changed ? message.time : record.changedAt,
    dateDoubtful: record.dateDoubtful || message.doubtful,
    cameBack: record.cameBack || message.cameBack === true,
  };
};

const openState = (state: Uint8Array | undefined, random: Random): PageDoc => {
  const doc = newPageDoc(random);
  if (state !== undefined && state.length > 0) Y.applyUpdate(doc, state);
  return doc;
};

const applyUpdate = (
  doc: PageDoc,
  update: Uint8Array,
  { decoded }: Checked,
): "words" | "other" | GuardCode => {
  let words = false;
  const notice = (): void => {
    words = true;
  };
  const noticeTitle = (event: Y.YMapEvent<unknown>): void => {
    words ||= event.keysChanged.has("title");
  };
  try {
    pageWords(doc).observeDeep(notice);
    pageMeta(doc).observe(noticeTitle);
    applyBounded(doc, update);
    pageWords(doc).unobserveDeep(notice);
    pageMeta(doc).unobserve(noticeTitle);
    const shape = checkShape(doc, decoded);
    if (!shape.ok) return shape.code;
    return words ? "words" : "other";
  } catch {
    return "UPDATE_MALFORMED";
  }
};
