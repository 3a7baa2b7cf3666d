import * as Y from "yjs";
import type { Random } from "../../../shared/base/random.ts";
import {
  newPageDoc,
  pageMeta,
  pageWords,
  startPage,
  type PageStart,
} from "../../../shared/page/pageDoc.ts";
import { pickNumber } from "../../support/seededRandom.ts";
import { inventWords } from "../inventWords.ts";

/** What one person says at one time, as the updates that it was written in: the first begins the page. */
export type Said = readonly Uint8Array[];

export type Pen = {
  /** So many words in so many pauses, in paragraphs as an editor makes them. */
  readonly write: (start: PageStart, words: number, pauses: number, sent?: "whole") => Said;
  /** One update that says all of it, as what is sent at one go. */
  readonly sayAtOnce: (start: PageStart, words: number) => Said;
  readonly between: (least: number, most: number) => number;
  readonly words: (count: number) => string;
};

/** The same seed writes the same words. */
export const createPen = (seed: number, random: Random): Pen => {
  const { words } = inventWords(seed);
  const between = (least: number, most: number): number =>
    least + pickNumber(random, most - least + 1);

  const write: Pen["write"] = (start, count, pauses, sent) => {
    const doc = newPageDoc(random);
    const updates: Uint8Array[] = [];
    let known = Y.encodeStateVector(doc);
    const pause = (): void => {
      updates.push(Y.encodeStateAsUpdate(doc, known));
      known = Y.encodeStateVector(doc);
    };
    startPage(doc, start);
    if (sent !== undefined) pageMeta(doc).set("whole", true);
    pause();
    const each = Math.ceil(count / pauses);
    let open: Y.XmlText | undefined;
    for (let written = 0, at = 0; written < count; written += each, at++) {
      if (open === undefined || at % 4 === 0) {
        const paragraph = new Y.XmlElement("paragraph");
        open = new Y.XmlText();
        paragraph.insert(0, [open]);
        pageWords(doc).push([paragraph]);
      }
      open.insert(open.length, `${words(Math.min(each, count - written))} `);
      // A word is taken back now and then.
      if (at % 5 === 3) open.delete(Math.max(0, open.length - 8), Math.min(8, open.length));
      pause();
    }
    doc.destroy();
    return updates;
  };

  return {
    write,
    between,
    words,
    sayAtOnce: (start, count) => {
      const doc = newPageDoc(random);
      startPage(doc, start);
      if (count > 0) {
        const paragraph = new Y.XmlElement("paragraph");
        paragraph.insert(0, [new Y.XmlText(words(count))]);
        pageWords(doc).push([paragraph]);
      }
      pageMeta(doc).set("whole", true);
      const update = Y.encodeStateAsUpdate(doc);
      doc.destroy();
      return [update];
    },
  };
};
