import * as Y from "yjs";
import { concatBytes, u64 } from "../../shared/base/bytes.ts";
import { idFrom, type PageId } from "../../shared/base/ids.ts";
import {
  newPageDoc,
  pageMeta,
  pageWords,
  startPage,
  type PageDoc,
  type PageStart,
} from "../../shared/page/pageDoc.ts";
import type { PageRecord } from "../../shared/page/pageRecord.ts";
import { seededRandom } from "../support/seededRandom.ts";

export const random = seededRandom(31);

export const idOf = (byte: number): PageId => idFrom<PageId>(new Uint8Array(16).fill(byte));

export const asQuestion: PageStart = { kind: "question", need: "why", depth: "facts" };
export const asAnswer: PageStart = { kind: "answer", question: idOf(0x77), round: 2, saw: 0 };

/** A shared page, whole, one paragraph a line. */
export const writePage = (start: PageStart, title: string, ...lines: string[]): PageDoc => {
  const doc = newPageDoc(random);
  startPage(doc, start);
  if (title !== "") pageMeta(doc).set("title", title);
  addLines(doc, ...lines);
  pageMeta(doc).set("whole", true);
  return doc;
};

export const addLines = (doc: PageDoc, ...lines: string[]): void =>
  pageWords(doc).push(
    lines.map((line) => {
      const paragraph = new Y.XmlElement("paragraph");
      paragraph.insert(0, [new Y.XmlText(line)]);
      return paragraph;
    }),
  );

export const stateOf = (doc: PageDoc): Uint8Array => Y.encodeStateAsUpdate(doc);

/** What one sitting at this page adds to it, as one update. */
export const changeOf = (doc: PageDoc, change: () => void): Uint8Array => {
  const before = Y.encodeStateVector(doc);
  change();
  return Y.encodeStateAsUpdate(doc, before);
};

export const openState = (state: Uint8Array): PageDoc => {
  const doc = newPageDoc(random);
  Y.applyUpdate(doc, state);
  return doc;
};

export const openRecord = ({ state }: PageRecord): PageDoc => openState(state);

/** The body of a redaction as the protocol has it; only the time of the redacted header means something here. */
export const redactionOf = (time: number): Uint8Array =>
  concatBytes(
    new Uint8Array(32),
    Uint8Array.of(1, 1, 0, 0),
    new Uint8Array(3 * 16),
    u64(1),
    u64(time),
    new Uint8Array(32 + 4 + 32),
  );

export const holds = (bytes: Uint8Array, words: string): boolean =>
  Buffer.from(bytes).includes(Buffer.from(words, "utf8"));
