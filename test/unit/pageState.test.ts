import * as Y from "yjs";
import { expect, test } from "vitest";
import { newPageDoc, pageWords } from "../../shared/page/pageDoc.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { anna, by, digest, entryDoc, entryOf } from "./guardPages.ts";

const textOf = (state: Uint8Array | undefined): string => {
  const doc = newPageDoc(seededRandom(1));
  Y.applyUpdate(doc, state ?? new Uint8Array());
  return pageWords(doc).toString();
};

test("what a page began with is what is kept of it", () => {
  const whole = entryOf("as it was shared");
  const { record } = digest(undefined, by(anna, "begin", whole));
  expect(record?.state).toEqual(whole);
  expect(textOf(record?.state)).toContain("as it was shared");
});

test("what was taken out before a page was shared is not kept with it, however it was sent", () => {
  const doc = entryDoc("crossed out");
  doc.gc = false;
  pageWords(doc).delete(0, 1);
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.insert(0, [new Y.XmlText("left standing")]);
  pageWords(doc).push([paragraph]);
  const sent = Y.encodeStateAsUpdate(doc);
  expect(Buffer.from(sent).includes("crossed out")).toBe(true);
  const { record } = digest(undefined, by(anna, "begin", sent));
  expect(Buffer.from(record?.state ?? []).includes("crossed out")).toBe(false);
  expect(textOf(record?.state)).toContain("left standing");
});

test("what comes after the beginning is kept too, at once and later", () => {
  const doc = entryDoc("first");
  const begun = Y.encodeStateAsUpdate(doc);
  const before = Y.encodeStateVector(doc);
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.insert(0, [new Y.XmlText("second")]);
  pageWords(doc).push([paragraph]);
  const change = by(anna, "change", Y.encodeStateAsUpdate(doc, before));
  const together = digest(undefined, by(anna, "begin", begun), change).record;
  const apart = digest(digest(undefined, by(anna, "begin", begun)).record, change).record;
  for (const record of [together, apart]) expect(textOf(record?.state)).toMatch(/first.*second/);
});
