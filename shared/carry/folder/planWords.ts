import type { EnvelopeKey } from "../../envelope/envelope.ts";
import type { SeenFile } from "./known.ts";
import { newestStatement, type Statement } from "./openFile.ts";
import { folderCounts, folderSizes } from "./times.ts";

export type WordsPlan = {
  /** What is to be written, in the order of what waits. */
  readonly write: readonly EnvelopeKey[];
  /** What goes; before what it holds stands elsewhere only where somebody withdrew something of it. */
  readonly drop: readonly SeenFile[];
  /** Stays, and holds these. */
  readonly standing: ReadonlySet<EnvelopeKey>;
  /** What files that stay say of my state. */
  readonly said: Statement | undefined;
};

export type PlanWordsParts = {
  /** Mine, written for a folder, without photos. */
  readonly files: readonly SeenFile[];
  readonly waiting: ReadonlySet<EnvelopeKey>;
  /** Acknowledged or withdrawn. What is neither waiting nor gone may still be offered. */
  readonly isGone: (key: EnvelopeKey) => boolean;
  /** Whatever is written says my state as well. */
  readonly speaks: boolean;
  /** My state is to be said now, whether or not there are words. */
  readonly states: boolean;
  /** The partner has acted on what was said: a state that wants nothing need not be said any longer. */
  readonly silent: boolean;
};

/**
 * Which of my files stay, which go and what has to be written, so that all that waits stands in some file, what was
 * acknowledged or withdrawn in none, and the files are few. Of the same input always the same plan.
 */
export const planWords = (parts: PlanWordsParts): WordsPlan => {
  const { files, waiting, isGone } = parts;
  const drop: SeenFile[] = [];
  let kept: SeenFile[] = [];
  const standing = new Set<EnvelopeKey>();
  for (const file of [...files].toSorted(fullestFirst)) {
    const { keys } = file.content;
    if (keys.length === 0) continue;
    const isLeft = keys.some(isGone) || keys.every((key) => standing.has(key));
    (isLeft ? drop : kept).push(file);
    if (!isLeft) for (const key of keys) standing.add(key);
  }

  const states = files.filter(({ content }) => content.keys.length === 0).toSorted(fullestFirst);
  const spoken = newestStatement([...kept, ...states].map(({ content }) => content));
  const goes = parts.states || [...waiting].some((key) => !standing.has(key));
  const speaks = parts.states || (goes && parts.speaks);
  const stating = states.find(({ content }) => content.id === spoken?.id);
  const isHeard = parts.silent && spoken?.statement.wanted.length === 0;
  const staysStating = !speaks && !(isHeard && stating !== undefined);
  for (const file of states) if (file !== stating || !staysStating) drop.push(file);

  if (goes) {
    const small = kept.filter(({ size }) => size <= folderSizes.small);
    const crowded = small.length + 1 > folderCounts.small;
    const folded = new Set(
      small.filter(({ content }) => crowded || (speaks && content.id === spoken?.id)),
    );
    drop.push(...folded);
    kept = kept.filter((file) => !folded.has(file));
    standing.clear();
    for (const { content } of kept) for (const key of content.keys) standing.add(key);
  }
  return {
    write: [...waiting].filter((key) => !standing.has(key)),
    drop,
    standing,
    said: staysStating
      ? spoken?.statement
      : newestStatement(kept.map(({ content }) => content))?.statement,
  };
};

const fullestFirst = (one: SeenFile, other: SeenFile): number =>
  other.content.keys.length - one.content.keys.length ||
  compare(one.content.id, other.content.id) ||
  compare(one.name, other.name);

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
