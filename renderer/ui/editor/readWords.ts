import * as Y from "yjs";
import type { PageBody } from "../../../shared/page/card.ts";
import { isPlainAddress } from "./addresses.ts";

/** A page's words as a plain tree, for reading. What is not known is read as its text. */
type Block =
  | {
      readonly kind: "paragraph" | "quote" | "bullets" | "numbers" | "item";
      readonly inside: readonly Piece[];
    }
  | { readonly kind: "heading"; readonly level: 2 | 3; readonly inside: readonly Piece[] };

export type Words = {
  readonly kind: "words";
  readonly text: string;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly address: string | undefined;
};

export type Piece = Block | Words | { readonly kind: "break" };

/** Deeper than any editor nests; a hostile page must not exhaust the stack. */
const depthLimit = 32;

export const readWords = (body: PageBody): readonly Piece[] =>
  body instanceof Y.XmlFragment ? readInside(body, 0) : [];

/** Calls `changed` after the words changed, whoever changed them. */
export const watchWords = (body: PageBody, changed: () => void): (() => void) => {
  if (!(body instanceof Y.XmlFragment)) return () => {};
  body.observeDeep(changed);
  return () => body.unobserveDeep(changed);
};

const readInside = (parent: Y.XmlFragment, depth: number): readonly Piece[] => {
  if (depth > depthLimit) return [];
  return parent.toArray().flatMap((child): readonly Piece[] => {
    if (child instanceof Y.XmlText) return readText(child);
    if (child instanceof Y.XmlElement) return [readElement(child, depth + 1)];
    return [];
  });
};

const readElement = (element: Y.XmlElement, depth: number): Piece => {
  const inside = readInside(element, depth);
  switch (element.nodeName) {
    case "hardBreak":
      return { kind: "break" };
    case "heading":
      return {
        kind: "heading",
        level: Number(element.getAttribute("level")) === 3 ? 3 : 2,
        inside,
      };
    case "blockquote":
      return { kind: "quote", inside };
    case "bulletList":
      return { kind: "bullets", inside };
    case "orderedList":
      return { kind: "numbers", inside };
    case "listItem":
      return { kind: "item", inside };
    default:
      return { kind: "paragraph", inside };
  }
};

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
