import { isMap, isScalar, isSeq, parseDocument, type Scalar } from "yaml";
import { mostFeelings, mostTags } from "../page/card.ts";
import { readTags } from "../page/tags.ts";
import { readMoment, writeMoment } from "./moments.ts";

/** What stands between two lines of dashes at the head of a Markdown file. */
export type FrontMatter = {
  readonly title: string;
  /** ms. */
  readonly date: number | undefined;
  readonly tags: readonly string[];
  readonly feelings: readonly string[];
};

export type ReadFrontMatter = {
  readonly front: FrontMatter;
  /** What follows; the whole text where there is no front matter that could be read. */
  readonly body: string;
  /** It says more than is taken in, or what it says is too much. */
  readonly more: boolean;
  /** It says that the entry has no title, which is another thing than saying nothing of one. */
  readonly untitled: boolean;
  /** It looks like front matter and cannot be read: it stays among the words. */
  readonly damaged: boolean;
};

/**
 * YAML's core schema, and of that only lists and plain values: no tags, no aliases, no types of its own. Bounded in
 * length, so that nothing in it can keep us busy; never throws.
 */
export const readFrontMatter = (text: string): ReadFrontMatter => {
  const whole = text.replace(/^\u{feff}/u, "");
  const nothing = { front: noFrontMatter, body: whole, more: false, untitled: false };
  const cut = cutOut(whole);
  if (cut === undefined) return { ...nothing, damaged: false };
  if (isNested(cut.yaml)) return { ...nothing, damaged: true };
  try {
    const document = parseDocument(cut.yaml, yamlOptions);
    const looksLikeOne = /^[\w"' -]{1,40}:(?:\s|$)/m.test(cut.yaml);
    if (document.errors.length > 0) return { ...nothing, damaged: looksLikeOne };
    if (document.contents === null) return { ...nothing, body: cut.body, damaged: false };
    if (!isMap(document.contents)) return { ...nothing, damaged: false };
    return { ...readFields(document.contents.items), body: cut.body, damaged: false };
  } catch {
    return { ...nothing, damaged: true };
  }
};

export const noFrontMatter: FrontMatter = { title: "", date: undefined, tags: [], feelings: [] };

const yamlOptions = {
  version: "1.2",
  schema: "core",
  resolveKnownTags: false,
  merge: false,
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: "silent",
} as const;

/**
 * Danger: the YAML reader goes down one call for each level, and where that uses up the stack the engine does not
 * throw but ends the whole process (a regular expression that it compiles there has no room). So whatever opens
 * levels is counted before. Lines that are only indented open few: each costs as many letters as it is deep.
 */
const isNested = (yaml: string): boolean =>
  (yaml.match(/[[{]/g) ?? []).length > mostOpened ||
  yaml.split("\n").some((line) => (line.match(/[-?:](?=\s)/g) ?? []).length > mostOpened);

const mostOpened = 64;

/** Characters. */
const longestFrontMatter = 16_384;

const cutOut = (text: string): { readonly yaml: string; readonly body: string } | undefined => {
  const begin = /^---[ \t]*\r?\n/.exec(text);
  if (begin === null) return undefined;
  const head = text.slice(0, longestFrontMatter + 8);
  const end = /^(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/m;
  const inside = head.slice(begin[0].length);
  const found = end.exec(inside);
  if (found === null) return undefined;
  const after = begin[0].length + found.index + found[0].length;
  return { yaml: inside.slice(0, found.index), body: text.slice(after) };
};

const names = {
  title: ["title"],
  date: ["date", "created", "created_at", "creation date", "date created", "creationdate"],
  tags: ["tags", "tag", "keywords"],
  feelings: ["feelings", "feeling", "mood"],
  /** What Twofold's own files say beside; whatever comes in is private. */
  shared: ["shared"],
} as const;

type Pair = { readonly key: unknown; readonly value: unknown };

const readFields = (
  pairs: readonly Pair[],
): Pick<ReadFrontMatter, "front" | "more" | "untitled"> => {
  let front: FrontMatter = noFrontMatter;
  let more = false;
  let untitled = false;
  for (const { key, value } of pairs) {
    const said = isScalar(key) ? textOf(key).toLowerCase() : "";
    const texts = textsOf(value);
    if (texts?.length === 0) continue;
    if (isOne(names.shared, said)) continue;
    if (texts === undefined) more = true;
    else if (isOne(names.title, said) && texts.length === 1) {
      front = { ...front, title: texts[0] ?? "" };
      untitled = front.title === "";
    } else if (isOne(names.date, said) && front.date === undefined) {
      const date = readMoment(texts[0] ?? "");
      more ||= date === undefined;
      front = { ...front, date };
    } else if (isOne(names.tags, said) || isOne(names.feelings, said)) {
      const wanted = isOne(names.tags, said) ? "tags" : "feelings";
      const list = isSeq(value) ? texts : texts.flatMap((text) => text.split(/[,;]/));
      const all = [...front[wanted], ...list.map((text) => text.replace(/^\s*#/, ""))];
      const kept = readTags(all, wanted === "tags" ? mostTags : mostFeelings);
      more ||= kept.length < new Set(all.map((text) => text.trim().toLowerCase())).size;
      front = { ...front, [wanted]: kept };
    } else more = true;
  }
  return { front, more, untitled };
};

const isOne = (known: readonly string[], name: string): boolean => known.includes(name);

/** Undefined: something else than plain values. */
const textsOf = (value: unknown): readonly string[] | undefined => {
  if (value === null) return [];
  if (isScalar(value)) return value.value === null ? [] : [textOf(value)];
  if (!isSeq(value)) return undefined;
  return value.items.every(isScalar) ? value.items.map(textOf) : undefined;
};

/** As it is written: "1e3" is not made 1000. */
const textOf = (scalar: Scalar): string =>
  typeof scalar.value === "string" ? scalar.value : (scalar.source ?? String(scalar.value));

/** What `readFrontMatter` reads back the same, a title that is empty too. */
export const writeFrontMatter = (
  front: FrontMatter & { readonly shared?: boolean | undefined },
): string => {
  const plain = linesOf(front, quoted);
  const lines = isNested(plain) ? linesOf(front, quotedWhole) : plain;
  return `---\n${lines}\n---\n\n`;
};

const linesOf = (
  { title, date, tags, feelings, shared }: Parameters<typeof writeFrontMatter>[0],
  quote: (text: string) => string,
): string => {
  // The reader takes one away, which other apps write before every tag.
  const list = (words: readonly string[]): string =>
    words.map((word) => quote(word.startsWith("#") ? `#${word}` : word)).join(", ");
  return [
    `title: ${quote(title)}`,
    ...(date === undefined ? [] : [`date: ${quoted(writeMoment(date))}`]),
    ...(tags.length === 0 ? [] : [`tags: [${list(tags)}]`]),
    ...(feelings.length === 0 ? [] : [`feelings: [${list(feelings)}]`]),
    ...(shared === undefined ? [] : [`shared: ${shared ? "yes" : "no"}`]),
  ].join("\n");
};

/** Without anything that looks as if it opened a level. */
const quotedWhole = (text: string): string =>
  quoted(text).replaceAll(
    /[[{?:-]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** JSON's strings are YAML's, but for what cannot be printed. */
const quoted = (text: string): string =>
  JSON.stringify(text).replaceAll(
    /[\u007f-\u00a0\u2028\u2029\ufeff\ufffe\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
