import * as Y from "yjs";
import type { DeviceId, NotebookId, PageId } from "../base/ids.ts";
import type { Random } from "../base/random.ts";
import { applyBounded, checkShape } from "./boundedYjs.ts";
import { readFacts, type PageFacts } from "./facts.ts";
import { checkHand, type Checked, type GuardCode } from "./guard.ts";
import { newPageDoc, pageMeta, pageWords, type PageDoc } from "./pageDoc.ts";
import type { PageRecord } from "./pageRecord.ts";

/** An admitted message, as far as pages care. */
export type PageMessage = {
  /** begin: the words as they were shared · change: a later update · remove: its writer took it away. */
  readonly act: "begin" | "change" | "remove";
  readonly device: DeviceId;
  readonly notebook: NotebookId;
  readonly page: PageId;
  readonly time: number;
  readonly doubtful: boolean;
  readonly body: Uint8Array;
};

export type Digested = {
  /** Undefined: nothing admissible has been said; what is known of the page stays as it is. */
  readonly record: PageRecord | undefined;
  readonly facts: PageFacts | undefined;
  readonly applied: readonly Uint8Array[];
  readonly refusals: readonly string[];
};

/**
 * On a document of its own, so that nothing a partner sends can reach one that somebody writes in. Never throws:
 * what stood in the ledger is digested again at every rebuild, and a throw would keep the journal shut.
 */
export const applyApart = (
  known: PageRecord | undefined,
  messages: readonly PageMessage[],
  random: Random,
): Digested => {
  try {
    return applyAll(known, messages, random);
  } catch {
    return { record: undefined, facts: undefined, applied: [], refusals: ["UPDATE_MALFORMED"] };
  }
};

const applyAll = (
  known: PageRecord | undefined,
  messages: readonly PageMessage[],
  random: Random,
): Digested => {
  let record = known;
  let doc = openRecord(known?.state, random);
  const applied: Uint8Array[] = [];
  const refusals: string[] = [];
  const whiteOut = (code: string): void => {
    refusals.push(code);
    if (record !== undefined) record = { ...record, whitedOut: record.whitedOut + 1 };
  };
  for (const message of messages) {
    if (record?.gone === true) continue;
    if (message.act === "remove") {
      if (record === undefined || record.owner !== message.device) whiteOut("NOT_YOUR_PAGE");
      else record = { ...record, gone: true, hands: [], state: new Uint8Array() };
      continue;
    }
    const checked = checkHand(message.body, message.device, record?.owner, new Map(record?.hands));
    if (!checked.ok) {
      whiteOut(checked.code);
      continue;
    }
    const outcome = applyUpdate(doc, message.body, checked.value);
    if (outcome !== "words" && outcome !== "other") {
      doc.destroy();
      doc = reopen(known?.state, applied, random);
      whiteOut(outcome);
      continue;
    }
    applied.push(message.body);
    record = advance(record, message, [...checked.value.hands], outcome === "words");
  }
  const page = messages[0]?.page;
  if (record === undefined || page === undefined || record.gone) {
    return { record, facts: undefined, applied, refusals };
  }
  const whole = applied.length === 0 ? record : { ...record, state: Y.encodeStateAsUpdate(doc) };
  const facts = readFacts(page, doc, whole);
  doc.destroy();
  return { record: whole, facts, applied, refusals };
};

const advance = (
  record: PageRecord | undefined,
  message: PageMessage,
  hands: PageRecord["hands"],
  wordsChanged: boolean,
): PageRecord => {
  if (record === undefined) {
    return {
      owner: message.device,
      notebook: message.notebook,
      hands,
      writtenAt: message.time,
      changedAt: undefined,
      dateDoubtful: message.doubtful,
      whitedOut: 0,
      gone: false,
      state: new Uint8Array(),
    };
  }
  const changed = message.act === "change" && wordsChanged;
  return {
    ...record,
    hands,
    changedAt: changed ? message.time : record.changedAt,
    dateDoubtful: record.dateDoubtful || message.doubtful,
  };
};

const reopen = (
  state: Uint8Array | undefined,
  updates: readonly Uint8Array[],
  random: Random,
): PageDoc => {
  const doc = openRecord(state, random);
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
};

const openRecord = (state: Uint8Array | undefined, random: Random): PageDoc => {
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
