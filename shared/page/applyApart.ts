import * as Y from "yjs";
import type { DeviceId, NotebookId, PageId } from "../base/ids.ts";
import type { Random } from "../base/random.ts";
import { readFacts, type PageFacts } from "./facts.ts";
import { checkHand } from "./guard.ts";
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
  /** Undefined: nothing admissible has been said of this page yet. */
  readonly record: PageRecord | undefined;
  readonly facts: PageFacts | undefined;
  readonly applied: readonly Uint8Array[];
  readonly refusals: readonly string[];
};

/** On a document of its own, so that nothing a partner sends can reach one that somebody writes in. */
export const applyApart = (
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
    const hands = checkHand(message.body, message.device, record?.owner, new Map(record?.hands));
    if (!hands.ok) {
      whiteOut(hands.code);
      continue;
    }
    const outcome = applyUpdate(doc, message.body);
    if (outcome === "malformed") {
      doc = reopen(known?.state, applied, random);
      whiteOut("UPDATE_MALFORMED");
      continue;
    }
    applied.push(message.body);
    record = advance(record, message, [...hands.value], outcome === "words");
  }
  const page = messages[0]?.page;
  if (record === undefined || page === undefined || record.gone) {
    return { record, facts: undefined, applied, refusals };
  }
  const whole = { ...record, state: Y.encodeStateAsUpdate(doc) };
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

const applyUpdate = (doc: PageDoc, update: Uint8Array): "words" | "other" | "malformed" => {
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
    Y.applyUpdate(doc, update);
    pageWords(doc).unobserveDeep(notice);
    pageMeta(doc).unobserve(noticeTitle);
    return words ? "words" : "other";
  } catch {
    return "malformed";
  }
};
