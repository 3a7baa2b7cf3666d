import type { PhotoRef } from "../page/photo.ts";
import type { Piece } from "../page/pieces.ts";

/** Words as elements: the one shape of a saved page and of what is printed. A text is only ever a text. */
export type Markup =
  | string
  | {
      readonly tag: Tag;
      readonly attributes: Readonly<Record<string, string>>;
      readonly inside: readonly Markup[];
    };

type Tag =
  | "a"
  | "article"
  | "blockquote"
  | "br"
  | "em"
  | "figure"
  | "h1"
  | "h2"
  | "h3"
  | "h4"
  | "header"
  | "hr"
  | "img"
  | "li"
  | "ol"
  | "p"
  | "span"
  | "strong"
  | "ul";

export const element = (
  tag: Tag,
  inside: readonly Markup[] = [],
  attributes: Readonly<Record<string, string>> = {},
): Markup => ({ tag, attributes, inside });

export type MarkupTools = {
  /** Of the title above: 1 or 2. */
  readonly level: 1 | 2;
  /** Said of a task, for who does not see its box. */
  readonly done: string;
  readonly open: string;
  /** Undefined leaves it out. */
  readonly photo: (photo: PhotoRef) => string | undefined;
};

export const piecesMarkup = (pieces: readonly Piece[], tools: MarkupTools): readonly Markup[] =>
  pieces.flatMap((piece) => pieceMarkup(piece, tools));

/** Each block finds the direction of its own letters. */
const auto = { dir: "auto" };

const pieceMarkup = (piece: Piece, tools: MarkupTools): readonly Markup[] => {
  switch (piece.kind) {
    case "words":
      return [wordsMarkup(piece)];
    case "break":
      return [element("br")];
    case "line":
      return [element("hr")];
    case "photo":
      return photoMarkup(piece.photo, tools);
    case "paragraph":
      return [
        element("p", piece.inside.length === 0 ? [element("br")] : inside(piece, tools), auto),
      ];
    case "heading":
      return [
        element(`h${(piece.level + tools.level - 1) as 2 | 3 | 4}`, inside(piece, tools), auto),
      ];
    case "quote":
      return [element("blockquote", inside(piece, tools), auto)];
    case "bullets":
      return [element("ul", inside(piece, tools), auto)];
    case "tasks":
      return [element("ul", inside(piece, tools), { ...auto, class: "tasks" })];
    case "numbers":
      return [
        element("ol", inside(piece, tools), {
          ...auto,
          ...(piece.start === undefined ? {} : { start: String(piece.start) }),
        }),
      ];
    case "item":
      return [element("li", inside(piece, tools), auto)];
    case "task": {
      const label = piece.done ? tools.done : tools.open;
      const box = element("span", [piece.done ? "☑" : "☐"], {
        class: "box",
        role: "img",
        "aria-label": label,
      });
      return [element("li", [box, ...inside(piece, tools)], auto)];
    }
  }
};

const inside = (
  { inside: pieces }: { readonly inside: readonly Piece[] },
  tools: MarkupTools,
): readonly Markup[] => piecesMarkup(pieces, tools);

const wordsMarkup = ({
  text,
  bold,
  italic,
  address,
}: Extract<Piece, { kind: "words" }>): Markup => {
  const leaning: Markup = italic ? element("em", [text]) : text;
  const heavy: Markup = bold ? element("strong", [leaning]) : leaning;
  return address === undefined
    ? heavy
    : element("a", [heavy], { href: address, rel: "noreferrer noopener" });
};

const photoMarkup = (photo: PhotoRef, tools: MarkupTools): readonly Markup[] => {
  const src = tools.photo(photo);
  if (src === undefined) return [];
  const { width, height, words: alt } = photo;
  const size = { width: String(width), height: String(height) };
  return [element("figure", [element("img", [], { src, alt, ...size })])];
};

const empty: ReadonlySet<string> = new Set(["br", "hr", "img"]);

/** As it stands in a file. */
export const htmlOf = (markup: Markup): string => {
  if (typeof markup === "string") return escaped(markup);
  const { tag, attributes, inside: children } = markup;
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`);
  const start = `<${tag}${written.join("")}>`;
  return empty.has(tag) ? start : `${start}${children.map(htmlOf).join("")}</${tag}>`;
};

/** What could begin or end anything; and the letters that a file of HTML may not hold. */
export const escaped = (text: string): string =>
  text.replaceAll(/[&<>"'\0\r]/g, (letter) => escapes[letter] ?? "\u{fffd}");

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "\r": "&#13;",
};
