import * as Y from "yjs";
import { idFrom, type DeviceId, type NotebookId, type PageId } from "../../shared/base/ids.ts";
import { applyApart, type Digested, type PageMessage } from "../../shared/page/applyApart.ts";
import {
  newPageDoc,
  pageMeta,
  pageWords,
  startPage,
  type PageDoc,
} from "../../shared/page/pageDoc.ts";
import { encodeRecord, type PageRecord } from "../../shared/page/pageRecord.ts";
import { seededRandom } from "../support/seededRandom.ts";

export const anna = idFrom<DeviceId>(new Uint8Array(16).fill(0xa));
export const sam = idFrom<DeviceId>(new Uint8Array(16).fill(0x5));
export const page = idFrom<PageId>(new Uint8Array(16).fill(7));
const notebook = idFrom<NotebookId>(new Uint8Array(16).fill(9));
const random = seededRandom(77);

export const by = (
  device: DeviceId,
  act: PageMessage["act"],
  body: Uint8Array = new Uint8Array(),
  time = 1,
): PageMessage => ({
  act,
  device,
  notebook,
  page,
  time,
  doubtful: false,
  body,
});

/** A whole entry in one writer's hand. */
export const entryDoc = (words: string, client = 1): PageDoc => {
  const doc = newPageDoc(random);
  doc.clientID = client;
  startPage(doc, { kind: "entry" });
  pageMeta(doc).set("title", "Tuesday");
  pageMeta(doc).set("whole", true);
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.insert(0, [new Y.XmlText(words)]);
  pageWords(doc).push([paragraph]);
  return doc;
};

export const entryOf = (words: string, client = 1): Uint8Array =>
  Y.encodeStateAsUpdate(entryDoc(words, client));

export const digest = (
  known: PageRecord | undefined,
  ...messages: readonly PageMessage[]
): Digested => applyApart(known, messages, random);

/** Where a partner reads it. */
export const digestShared = (
  known: Parameters<typeof applyApart>[0],
  ...messages: readonly PageMessage[]
): Digested => applyApart(known, messages, random, "shared");

export const recordOf = (digested: Digested): PageRecord => {
  if (digested.record === undefined) throw new Error("no record");
  return digested.record;
};

/** Anna's entry, digested: what Sam is not to touch. */
export const annasPage = (words = "I did not go"): PageRecord =>
  recordOf(digest(undefined, by(anna, "begin", entryOf(words))));

/** All of a record but the count of what was whited out. */
export const unchangedBytes = (record: PageRecord): string =>
  Buffer.from(encodeRecord({ ...record, whitedOut: 0 })).toString("base64");

export const wordsIn = (record: PageRecord): string => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, record.state);
  return pageWords(doc).toString();
};

/** Milliseconds of this process's own work that it takes: a busy computer makes no difference. */
export const timed = (run: () => void): number => {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};
