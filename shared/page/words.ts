import * as Y from "yjs";

/** Deeper than any editor nests; a hostile tree must not exhaust the stack. */
const depthLimit = 64;

/** The text of a page in reading order, blocks separated by one space, at most `limit` characters. */
export const plainWords = (fragment: Y.XmlFragment, limit: number): string => {
  const parts: string[] = [];
  let length = 0;
  const visit = (node: Y.XmlFragment, depth: number): void => {
    if (depth > depthLimit) return;
    for (const child of node.toArray()) {
      if (length > limit) return;
      if (child instanceof Y.XmlText) {
        const text = textOf(child);
        parts.push(text);
        length += text.length;
      } else if (child instanceof Y.XmlFragment) {
        visit(child, depth + 1);
        parts.push(" ");
      }
    }
  };
  visit(fragment, 0);
  const whole = parts.join("").replaceAll(/\s+/gu, " ").trim();
  // So short that no character of it can be one too many: taking it apart would cost more than reading it.
  if (whole.length <= limit) return whole;
  return [...whole.slice(0, limit * 2)].slice(0, limit).join("");
};

/**
 * The letters alone. Danger: `toDelta` and XmlText's own `toString` copy every open format for every piece, which
 * a hostile page turns into gigabytes.
 */
const textOf = (node: Y.XmlText): string => Y.Text.prototype.toString.call(node);
