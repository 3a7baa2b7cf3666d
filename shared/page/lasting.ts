import type * as Y from "yjs";
import type { PageKind } from "./card.ts";
import { pageAsks, pageDays, pageKindOf, pageMeta, type PageDoc } from "./pageDoc.ts";
import { isPractice, saidNames } from "./said.ts";

/**
 * What a shared page is, and what it belongs to, is said once, in its first message; the days and askings that were
 * named stay named. Its reader relies on that: they leave an answer closed, and open it, for the question that it
 * stands under. No Twofold says any of it anew, so whoever does is refused.
 */
type Lasting = {
  readonly kind: PageKind | "newer";
  readonly whole: boolean;
  readonly belongs: readonly unknown[];
  readonly asks: readonly unknown[];
  readonly days: readonly unknown[];
};

const belonging = ["question", "round", "of", "about", "reviewBy", "by", "went"];

/** More of them than a page ever shows. */
const mostLasting = 1000;

export const readLasting = (doc: PageDoc): Lasting => {
  const meta = pageMeta(doc);
  const kind = pageKindOf(doc);
  const said = isPractice(kind) ? saidNames(kind) : [];
  return {
    kind,
    whole: meta.get("whole") === true,
    belongs: [...belonging, ...said].map((name) => comparable(meta.get(name))),
    asks: firstOf(pageAsks(doc)),
    days: firstOf(pageDays(doc)),
  };
};

/** A page may become one of a newer Twofold, for good: a known kind it had before would have come past its reader. */
export const isRemade = (before: Lasting, now: Lasting): boolean =>
  now.kind !== "newer" &&
  (now.kind !== before.kind ||
    (before.whole && !now.whole) ||
    !beginsWith(now.belongs, before.belongs) ||
    !beginsWith(now.asks, before.asks) ||
    !beginsWith(now.days, before.days));

/** Lists of plain values, as practices say some. */
const comparable = (value: unknown): unknown =>
  Array.isArray(value) ? value.slice(0, mostLasting).map(String).join("\n") : value;

const firstOf = (list: Y.Array<unknown>): readonly unknown[] =>
  list.slice(0, Math.min(list.length, mostLasting));

const beginsWith = (list: readonly unknown[], beginning: readonly unknown[]): boolean =>
  beginning.every((value, index) => value === list[index]);
