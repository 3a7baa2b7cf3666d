import type { Definition, Link, List, Nodes, PhrasingContent, Root, RootContent } from "mdast";
import { isPlainAddress } from "../page/addresses.ts";
import type { Piece, Words } from "../page/pieces.ts";
import { tidyPieces } from "../page/tidyPieces.ts";
import type { MarkdownPart, MarkdownPicture, PlainCode, ReadMarkdown } from "./markdownParts.ts";
import { emptyMark } from "./mdastOut.ts";

type Inline = Words | { readonly kind: "break" } | MarkdownPicture;

type Reading = {
  readonly source: string;
  readonly plain: Set<PlainCode>;
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly used: ReadonlySet<string>;
  /** Pictures within what is being read; they come behind it. */
  readonly pictures: MarkdownPicture[];
};

/** @param source the text that the tree was read from */
export const partsOf = (root: Root, source: string): ReadMarkdown => {
  const { definitions, used } = references(root);
  const reading: Reading = { source, plain: new Set(), definitions, used, pictures: [] };
  const parts: MarkdownPart[] = [];
  for (const node of root.children) {
    if (node.type === "paragraph") parts.push(...withPictures(node, reading));
    else if (node.type === "heading" && node.depth === 1)
      parts.push(...asParts(blockOf(node, reading, 1)).map((part) => ({ ...part, top: true })));
    else parts.push(...asParts(blockOf(node, reading, 1)));
    parts.push(...reading.pictures.splice(0));
  }
  return { parts, plain: reading.plain };
};

const asParts = (pieces: readonly Piece[]): readonly MarkdownPart[] =>
  tidyPieces(pieces).map((piece) => ({ kind: "piece", piece }));

/** A paragraph with pictures in it is taken apart around them. */
const withPictures = (
  node: Extract<RootContent, { type: "paragraph" }>,
  reading: Reading,
): readonly MarkdownPart[] => {
  const inline = lineOf(node, reading);
  if (!inline.some(({ kind }) => kind === "picture"))
    return asParts([{ kind: "paragraph", inside: inline.filter(isPiece) }]);
  const parts: MarkdownPart[] = [];
  let line: Exclude<Inline, MarkdownPicture>[] = [];
  const endLine = (): void => {
    const inside = trimmed(line);
    if (inside.length > 0) parts.push(...asParts([{ kind: "paragraph", inside }]));
    line = [];
  };
  for (const one of inline) {
    if (isPiece(one)) line.push(one);
    else {
      endLine();
      parts.push(one);
    }
  }
  endLine();
  return parts;
};

const isPiece = (one: Inline): one is Exclude<Inline, MarkdownPicture> => one.kind !== "picture";

/** The line breaks and spaces that stood between words and a picture. */
const trimmed = (line: readonly Exclude<Inline, MarkdownPicture>[]) => {
  const isSpace = (one: Exclude<Inline, MarkdownPicture>): boolean =>
    one.kind === "break" || one.text.trim() === "";
  const first = line.findIndex((one) => !isSpace(one));
  const last = line.findLastIndex((one) => !isSpace(one));
  return line.slice(first === -1 ? line.length : first, last + 1).map((one, index, all) => {
    if (one.kind === "break") return one;
    const begun = index === 0 ? one.text.trimStart() : one.text;
    return { ...one, text: index === all.length - 1 ? begun.trimEnd() : begun };
  });
};

/** From here on lists and quotes would be taken apart by shared/page/tidyPieces.ts. */
const deepest = 28;

const blockOf = (node: RootContent, reading: Reading, depth: number): readonly Piece[] => {
  const { plain } = reading;
  if (depth > deepest) plain.add("DEEP");
  switch (node.type) {
    case "paragraph": {
      const line = lineOf(node, reading);
      const inside = besidePictures(line, reading);
      // Of a picture alone no empty paragraph stays where it stood.
      return inside.length === 0 && line.length > 0 ? [] : [{ kind: "paragraph", inside }];
    }
    case "heading": {
      const inside = besidePictures(inlineOf(node.children, plainStyle, reading), reading);
      if (node.depth <= 3) return [{ kind: "heading", level: node.depth === 3 ? 3 : 2, inside }];
      plain.add("SMALL_HEADING");
      return [{ kind: "paragraph", inside }];
    }
    case "thematicBreak":
      return [{ kind: "line" }];
    case "blockquote":
      return [
        {
          kind: "quote",
          inside: node.children.flatMap((child) => blockOf(child, reading, depth + 1)),
        },
      ];
    case "list":
      return listsOf(node, reading, depth);
    case "code":
      plain.add("CODE");
      return node.value === "" ? [] : [plainParagraph(node.value)];
    case "html": {
      const breaks = node.value.trim().match(/^(?:<br ?\/?>)+$/i) === null ? [] : breaksIn(node);
      if (breaks.length > 0) return [{ kind: "paragraph", inside: breaks }];
      plain.add("HTML");
      return [plainParagraph(node.value)];
    }
    case "definition": {
      if (reading.used.has(node.identifier)) return [];
      plain.add(node.identifier.startsWith("^") ? "FOOTNOTE" : "LINK");
      return [plainParagraph(sourceOf(node, reading))];
    }
    default:
      return [plainParagraph(sourceOf(node, reading))];
  }
};

const breaksIn = ({ value }: { readonly value: string }): readonly Piece[] =>
  (value.match(/<br/gi) ?? []).map(() => ({ kind: "break" }));

/** One list may hold items with a box and items without: they become lists of their own. */
const listsOf = (list: List, reading: Reading, depth: number): readonly Piece[] => {
  const lists: { readonly tasks: boolean; readonly inside: Piece[]; readonly from: number }[] = [];
  for (const [index, item] of list.children.entries()) {
    const inside = item.children.flatMap((child) => blockOf(child, reading, depth + 2));
    const tasks = typeof item.checked === "boolean";
    const piece: Piece = tasks
      ? { kind: "task", done: item.checked === true, inside }
      : { kind: "item", inside };
    const last = lists.at(-1);
    if (last?.tasks === tasks) last.inside.push(piece);
    else lists.push({ tasks, inside: [piece], from: index });
  }
  return lists.map(({ tasks, inside, from }): Piece => {
    if (tasks) return { kind: "tasks", inside };
    if (list.ordered !== true) return { kind: "bullets", inside };
    return { kind: "numbers", start: Math.min((list.start ?? 1) + from, 999_999_999), inside };
  });
};

const lineOf = (
  node: Extract<RootContent, { type: "paragraph" }>,
  reading: Reading,
): readonly Inline[] => {
  const written = sourceOf(node, reading);
  const [only] = node.children;
  if (node.children.length === 1 && only?.type === "text" && only.value === "\u00a0")
    if (written.endsWith(emptyMark)) return [];
  if (hasTable(written)) reading.plain.add("TABLE");
  if (/~~[^~]+~~/.test(besideAddresses(node, reading))) reading.plain.add("STRUCK");
  if (/\[\^[^\]\s]{1,64}\]/.test(written)) reading.plain.add("FOOTNOTE");
  return inlineOf(node.children, plainStyle, reading);
};

/** As it is written, without what pictures are called and where they lie: an entry's own name may be in it. */
const besideAddresses = (
  node: Extract<RootContent, { type: "paragraph" }>,
  reading: Reading,
): string =>
  node.children.map((child) => (child.type === "image" ? "" : sourceOf(child, reading))).join("");

/** The line under a table's heading. */
const hasTable = (written: string): boolean =>
  written
    .split("\n")
    .some((row) => row.includes("|") && row.includes("-") && /^[|:\- \t>]+$/.test(row));

const besidePictures = (inline: readonly Inline[], reading: Reading) => {
  for (const one of inline) if (!isPiece(one)) reading.pictures.push(one);
  return inline.filter(isPiece);
};

type Style = Omit<Words, "kind" | "text">;
const plainStyle: Style = { bold: false, italic: false, address: undefined };

const inlineOf = (
  nodes: readonly PhrasingContent[],
  style: Style,
  reading: Reading,
): readonly Inline[] =>
  nodes.flatMap((node): readonly Inline[] => {
    switch (node.type) {
      case "text":
        return [words(node.value, style)];
      case "strong":
        return inlineOf(node.children, { ...style, bold: true }, reading);
      case "emphasis":
        return inlineOf(node.children, { ...style, italic: true }, reading);
      case "break":
        return [{ kind: "break" }];
      case "inlineCode":
        reading.plain.add("CODE");
        return [words(node.value, style)];
      case "html":
        if (/^<br ?\/?>$/i.test(node.value)) return [{ kind: "break" }];
        reading.plain.add("HTML");
        return [words(node.value, style)];
      case "link":
        return linkOf(node, style, reading);
      case "linkReference": {
        const definition = reading.definitions.get(node.identifier);
        if (definition === undefined || node.identifier.startsWith("^"))
          return [words(sourceOf(node, reading), style)];
        return linkOf({ ...definition, children: node.children }, style, reading);
      }
      case "image":
        return [{ kind: "picture", address: node.url, words: node.alt ?? "" }];
      case "imageReference": {
        const url = reading.definitions.get(node.identifier)?.url ?? "";
        return [{ kind: "picture", address: url, words: node.alt ?? "" }];
      }
      default:
        return [words(sourceOf(node, reading), style)];
    }
  });

const linkOf = (
  { url, title, children }: Pick<Link, "url" | "title" | "children">,
  style: Style,
  reading: Reading,
): readonly Inline[] => {
  const titled = title === null || title === undefined || title === "" ? [] : [title];
  if (isPlainAddress(url)) {
    if (titled.length > 0) reading.plain.add("LINK");
    const inside = inlineOf(children, { ...style, address: url }, reading);
    const said = inside.length === 0 ? [words(url, { ...style, address: url })] : inside;
    return [...said, ...titled.map((text) => words(` (${text})`, style))];
  }
  const beside = [url, ...titled].filter((text) => text !== "").join(", ");
  reading.plain.add("LINK");
  return [
    ...inlineOf(children, style, reading),
    ...(beside === "" ? [] : [words(` (${beside})`, style)]),
  ];
};

const words = (text: string, style: Style): Words => ({ kind: "words", text, ...style });

const plainParagraph = (text: string): Piece => ({
  kind: "paragraph",
  inside: text === "" ? [] : [words(text, plainStyle)],
});

const sourceOf = (node: Nodes, { source }: Reading): string =>
  source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);

/** Of several definitions of one name, the first is meant. What a footnote is called is none. */
const references = (root: Root) => {
  const definitions = new Map<string, Definition>();
  const used = new Set<string>();
  const waiting: Nodes[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === "definition" && !definitions.has(node.identifier))
      definitions.set(node.identifier, node);
    if (node.type === "linkReference" || node.type === "imageReference")
      if (!node.identifier.startsWith("^")) used.add(node.identifier);
    if ("children" in node) waiting.push(...node.children.toReversed());
  }
  return { definitions, used };
};
