import * as Y from "yjs";
import { u32 } from "../base/bytes.ts";
import type { Random } from "../base/random.ts";
import { headerLength, readHeader } from "../envelope/message.ts";
import { applyBounded } from "./boundedYjs.ts";
import { latestTime } from "./day.ts";
import { newPageDoc, pageMeta, pageWords, type PageDoc } from "./pageDoc.ts";

/** What stays of a page whose words were withdrawn: enough to show it in its place, and nothing that was written. */
const kept = ["v", "kind", "question", "round", "of", "about", "fits", "whole", "withdrawn"];

/** Longer than any of these values, shorter than a sentence. */
const longestValue = 64;

/**
 * The first message of a withdrawal, written as "begin": says once more what page this is, in a new hand and without
 * leaning on anything that was said before, since all of that is redacted next and only this remains (PROTOCOL §6).
 */
export const traceOf = (doc: PageDoc, random: Random): Uint8Array => {
  const trace = keepTrace(doc, random);
  const update = Y.encodeStateAsUpdate(trace);
  trace.destroy();
  return update;
};

/** Of the messages of a withdrawn page: the one that must not be redacted. */
export const isTrace = (body: Uint8Array, random: Random): boolean => {
  const trace = readTrace(body, random);
  trace?.destroy();
  return trace !== undefined;
};

/** For what is kept and never sent: the same trace is the same bytes, however often it is made anew. */
const sameHand: Random = () => u32(1);

/** A document with nothing of this one but its trace. */
export const keepTrace = (doc: PageDoc, random: Random = sameHand): PageDoc => {
  const trace = newPageDoc(random);
  trace.transact(() => {
    for (const name of kept) {
      const value = pageMeta(doc).get(name);
      if (isShort(value)) pageMeta(trace).set(name, value);
    }
    pageMeta(trace).set("withdrawn", true);
  });
  return trace;
};

/** Undefined for whatever holds more than a trace, or leans on something else. The update has passed the guard. */
export const readTrace = (update: Uint8Array, random: Random): PageDoc | undefined => {
  const doc = newPageDoc(random);
  try {
    applyBounded(doc, update);
    const meta = pageMeta(doc);
    const only =
      doc.store.pendingStructs === null &&
      [...doc.share.keys()].every((name) => name === "meta") &&
      [...meta.keys()].every((name) => kept.includes(name)) &&
      meta.get("withdrawn") === true;
    return only ? keepTrace(doc) : undefined;
  } catch {
    return undefined;
  } finally {
    doc.destroy();
  }
};

export const isWithdrawn = (doc: PageDoc): boolean => pageMeta(doc).get("withdrawn") === true;

/** For a page that stands open while its words are withdrawn: nothing of them stays on the screen. */
export const emptyWords = (doc: PageDoc, origin: unknown): void => {
  doc.transact(() => {
    pageWords(doc).delete(0, pageWords(doc).length);
    pageMeta(doc).delete("title");
  }, origin);
};

/** When the first message that a redaction names was written, by its writer's clock, ms. */
export const redactedTime = (body: Uint8Array): number | undefined => {
  const header = readHeader(body.subarray(32, 32 + headerLength));
  return header.ok ? Math.min(header.value.time, latestTime) : undefined;
};

const isShort = (value: unknown): boolean =>
  typeof value === "string"
    ? value.length <= longestValue
    : typeof value === "boolean" || Number.isSafeInteger(value);
