import * as Y from "yjs";
import type { PageBody } from "./card.ts";
import { isPlainAddress } from "./addresses.ts";
import type { Piece, Words } from "./piece.ts";
import { photoAttributes, readPhoto } from "./photo.ts";
import { isStart, tidyPieces } from "./tidyPieces.ts";

export type { Piece, Words } from "./piece.ts";

/** Deeper than any editor nests; a hostile page must not exhaust the stack. */
const depthLimit = 32;

export const readPieces = (body: PageBody): readonly Piece[] =>
  body instanceof Y.XmlFragment ? readInside(body, 0) : [];

/**
 * Into a page without words, or behind the words that it has: what the editor would have written, so that opening the
 * page changes nothing in it.
 */
export const writePieces = (body: PageBody, pieces: readonly Piece[]): void => {
  if (body instanceof Y.XmlFragment) body.push(made(tidyPieces(pieces)));
};

const readInside = (parent: Y.XmlFragment, depth: number): readonly Piece[] => {
  if (depth > depthLimit) return [];
  return parent.toArray().flatMap((child): readonly Piece[] => {
    if (child instanceof Y.XmlText) return readText(child);
    if (child instanceof Y.XmlElement) return readElement(child, depth + 1);
    return [];
  });
};

const nodes = {
  paragraph: "paragraph",
  quote: "blockquote",
  bullets: "bulletList",
  item: "listItem",
  tasks: "taskList",
} as const;

const readElement = (element: Y.XmlElement, depth: number): readonly Piece[] => {
  const { nodeName } = element;
  if (nodeName === "hardBreak") return [{ kind: "break" }];
  if (nodeName === "horizontalRule") return [{ kind: "line" }];
  if (nodeName === "photo") {
    const photo = readPhoto(element.getAttributes());
    return photo === undefined ? [] : [{ kind: "photo", photo }];
  }
  const inside = readInside(element, depth);
  if (nodeName === "heading")
    return [
      { kind: "heading", level: Number(element.getAttribute("level")) === 3 ? 3 : 2, inside },
    ];
  if (nodeName === "orderedList")
    return [{ kind: "numbers", ...startIn(element.getAttribute("start")), inside }];
  if (nodeName === "taskItem")
    return [{ kind: "task", done: String(element.getAttribute("checked")) === "true", inside }];
  const kind = (Object.keys(nodes) as (keyof typeof nodes)[]).find(
    (name) => nodes[name] === nodeName,
  );
  return [{ kind: kind ?? "paragraph", inside }];
};

const startIn = (start: unknown): { readonly start?: number } =>
  typeof start === "number" && start !== 1 && isStart(start) ? { start } : {};

type Run = {
  readonly insert?: unknown;
  readonly attributes?: Readonly<Record<string, unknown>>;
};

const readText = (text: Y.XmlText): readonly Piece[] =>
  (text.toDelta() as readonly Run[]).flatMap(({ insert, attributes = {} }): readonly Piece[] =>
    typeof insert === "string"
      ? [
          {
            kind: "words",
            text: insert,
            bold: attributes["bold"] !== undefined,
            italic: attributes["italic"] !== undefined,
            address: addressIn(attributes["link"]),
          },
        ]
      : [],
  );

const addressIn = (link: unknown): string | undefined => {
  if (typeof link !== "object" || link === null || !("href" in link)) return undefined;
  return typeof link.href === "string" && isPlainAddress(link.href) ? link.href : undefined;
};

/** Neighbouring words stand in one text, as the editor writes them. */
const made = (pieces: readonly Piece[]): (Y.XmlElement | Y.XmlText)[] => {
  const list: (Y.XmlElement | Y.XmlText)[] = [];
  let runs: Words[] = [];
  const endRuns = (): void => {
    if (runs.length > 0) list.push(textOf(runs));
    runs = [];
  };
  for (const piece of pieces) {
    if (piece.kind === "words") {
      runs.push(piece);
      continue;
    }
    endRuns();
    list.push(elementOf(piece));
  }
  endRuns();
  return list;
};

const elementOf = (piece: Exclude<Piece, Words>): Y.XmlElement => {
  switch (piece.kind) {
    case "break":
      return new Y.XmlElement("hardBreak");
    case "line":
      return new Y.XmlElement("horizontalRule");
    case "photo":
      return around("photo", [], photoAttributes(piece.photo));
    case "heading":
      return around("heading", made(piece.inside), { level: piece.level });
    case "numbers":
      return around("orderedList", made(piece.inside), { start: piece.start ?? 1 });
    case "task":
      return around("taskItem", made(piece.inside), { checked: piece.done });
    default:
      return around(nodes[piece.kind], made(piece.inside));
  }
};

const around = (
  name: string,
  inside: readonly (Y.XmlElement | Y.XmlText)[],
  attributes: Readonly<Record<string, unknown>> = {},
): Y.XmlElement => {
  const element = new Y.XmlElement<Record<string, never>>(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value as never);
  element.insert(0, [...inside]);
  return element;
};

const textOf = (runs: readonly Words[]): Y.XmlText => {
  const text = new Y.XmlText();
  text.applyDelta(
    runs.map(({ text: insert, bold, italic, address }) => ({
      insert,
      attributes: {
        ...(bold ? { bold: {} } : {}),
        ...(italic ? { italic: {} } : {}),
        ...(address === undefined ? {} : { link: { href: address } }),
      },
    })),
  );
  return text;
};
