import * as Y from "yjs";
import type { PageId } from "../base/ids.ts";
import type { Random } from "../base/random.ts";
import { readU32 } from "../base/bytes.ts";
import type { Depth, Need, PageKind } from "./card.ts";

/**
 * The shape of a page's Y.Doc, version 1:
 *   meta  Y.Map       v, kind, title; a question's need and depth; an answer's question and round;
 *                     sharing, on a draft that is on its way; whole, once all of a shared page is there
 *   asks  Y.Array     a question's "asked again" times, ms
 *   body  XmlFragment the words, in the editor's schema
 * Times of writing come from the message headers, not from here.
 */
export type PageDoc = Y.Doc;

export type PageStart =
  | { readonly kind: "entry" }
  | { readonly kind: "question"; readonly need: Need; readonly depth: Depth }
  | { readonly kind: "answer"; readonly question: PageId; readonly round: number };

/** The schema version that this build writes; a page that says more is "written with a newer Twofold". */
export const pageVersion = 1;

/** Deleted words are collected at once: a page's state holds no text that its writer took back. */
export const newPageDoc = (random: Random): PageDoc => {
  const doc = new Y.Doc({ gc: true });
  doc.clientID = readU32(random(4), 0);
  return doc;
};

export const startPage = (doc: PageDoc, start: PageStart): void => {
  doc.transact(() => {
    const meta = pageMeta(doc);
    meta.set("v", pageVersion);
    for (const [name, value] of Object.entries(start)) meta.set(name, value);
  });
};

export const pageMeta = (doc: PageDoc): Y.Map<unknown> => doc.getMap("meta");
export const pageAsks = (doc: PageDoc): Y.Array<unknown> => doc.getArray("asks");
export const pageWords = (doc: PageDoc): Y.XmlFragment => doc.getXmlFragment("body");

export const pageKindOf = (doc: PageDoc): PageKind | "newer" => {
  const meta = pageMeta(doc);
  const kind = meta.get("kind");
  if (meta.get("v") !== pageVersion) return "newer";
  return kind === "entry" || kind === "question" || kind === "answer" ? kind : "newer";
};
