import { diffArrays } from "diff";
import * as Y from "yjs";
import type { Card } from "./card.ts";
import { pageWords, type PageDoc } from "./pageDoc.ts";

/** Words of one line that one of the two brought there. */
export type OwnedRun = { readonly who: Card["author"]; readonly text: string };

/** Line for line, as the page stands. */
export type OwnedWords = readonly (readonly OwnedRun[])[];

/**
 * Whose the words of a page are that both write. Step by step: what is in the text after an envelope and was not there
 * before it is by the author of that envelope; what was there stays whose it was. So nobody can put words into the
 * other's mouth, or take the other's for their own, whatever they call themselves inside an update.
 *
 * Nor does it take the other's words to break a line in the midst of them: not what Yjs calls new counts, but what reads
 * anew. And what stands as all of it stood once is whose it was then: an undone step, an earlier version brought back.
 */
export const layOwners = (): {
  readonly step: (doc: PageDoc, author: Card["author"]) => void;
  readonly words: () => OwnedWords;
} => {
  let text = "";
  /** One letter for each of the text: whose it is. */
  let owners = "";
  const stood = new Map<string, string>();
  return {
    step: (doc, author) => {
      const now = linesOf(pageWords(doc)).join("\n");
      if (now === text) return;
      owners = stood.get(now) ?? ownersAfter(text, owners, now, letterOf[author]);
      text = now;
      stood.delete(now);
      stood.set(now, owners);
      if (stood.size > mostRemembered) stood.delete(stood.keys().next().value ?? "");
    },
    words: () => readRuns(text, owners),
  };
};

const letterOf = { me: "m", partner: "p" } as const;

/** How many texts that stood once are known again. */
const mostRemembered = 256;
/** So many steps apart two texts may be before they are compared by whole lines alone. */
const farthest = 2_000;
/** Deeper than any editor nests. */
const depthLimit = 64;

const ownersAfter = (before: string, owners: string, now: string, author: string): string => {
  const start = sharedStart(before, now);
  const end = sharedEnd(before.slice(start), now.slice(start));
  const old = before.slice(start, before.length - end);
  const fresh = now.slice(start, now.length - end);
  const had = owners.slice(start, owners.length - end);
  const inner =
    ownersInside(old, had, fresh, author, wordsIn) ??
    ownersInside(old, had, fresh, author, wholeLinesIn) ??
    author.repeat(fresh.length);
  return owners.slice(0, start) + inner + owners.slice(owners.length - end);
};

/** Undefined where the two are too far apart to be compared in these parts. */
const ownersInside = (
  old: string,
  owners: string,
  fresh: string,
  author: string,
  split: (text: string) => readonly string[],
): string | undefined => {
  const steps = diffArrays([...split(old)], [...split(fresh)], { maxEditLength: farthest });
  if (steps === undefined) return undefined;
  let at = 0;
  let inner = "";
  for (const { added, removed, value } of steps) {
    const { length } = value.join("");
    if (added) inner += author.repeat(length);
    else if (!removed) inner += owners.slice(at, at + length);
    if (!added) at += length;
  }
  return inner;
};

/** Every letter, sign and space is in one of them. */
const wordsIn = (text: string): readonly string[] => text.match(/\n|[^\S\n]+|[^\s]+/gu) ?? [];

const wholeLinesIn = (text: string): readonly string[] => text.split(/(?<=\n)/u);

const sharedStart = (one: string, other: string): number => {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at < most && one[at] === other[at]) at += 1;
  return isHalf(one[at - 1]) ? at - 1 : at;
};

const sharedEnd = (one: string, other: string): number => {
  const most = Math.min(one.length, other.length);
  let count = 0;
  while (count < most && one[one.length - 1 - count] === other[other.length - 1 - count])
    count += 1;
  return isSecondHalf(one[one.length - count]) ? count - 1 : count;
};

/** A sign of two units is not taken apart. */
const isHalf = (unit: string | undefined): boolean =>
  unit !== undefined && unit >= "\uD800" && unit <= "\uDBFF";
const isSecondHalf = (unit: string | undefined): boolean =>
  unit !== undefined && unit >= "\uDC00" && unit <= "\uDFFF";

const readRuns = (text: string, owners: string): OwnedWords => {
  const lines: OwnedRun[][] = [[]];
  let from = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const ends = at === text.length || text[at] === "\n" || owners[at] !== owners[from];
    if (!ends) continue;
    if (at > from)
      lines
        .at(-1)
        ?.push({ who: owners[from] === "p" ? "partner" : "me", text: text.slice(from, at) });
    from = at;
    if (text[at] !== "\n") continue;
    lines.push([]);
    from = at + 1;
  }
  return lines.filter((line) => line.some((run) => run.text.trim() !== ""));
};

/** One for each text, and for each line within one. */
const linesOf = (fragment: Y.XmlFragment, depth = 0): readonly string[] => {
  if (depth > depthLimit) return [];
  const lines: string[] = [];
  let open: string | undefined;
  for (const child of fragment.toArray()) {
    if (child instanceof Y.XmlText) {
      // Danger: XmlText's own toString and toDelta copy every open format for every piece (see words.ts).
      open = (open ?? "") + Y.Text.prototype.toString.call(child).replaceAll("\n", " ");
      continue;
    }
    if (open !== undefined) lines.push(open);
    open = undefined;
    if (child instanceof Y.XmlElement) lines.push(...linesOf(child, depth + 1));
  }
  if (open !== undefined) lines.push(open);
  return lines;
};
