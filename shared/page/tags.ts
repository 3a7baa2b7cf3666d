/** Characters of one tag or feeling. */
export const longestTag = 64;

/** One tag or feeling as it is kept: one line, no spaces around it. Empty where nothing is left. */
export const cleanTag = (text: string): string =>
  [
    ...text
      .normalize("NFC")
      .replaceAll(/[\p{Cc}\p{Cs}\p{Cf}\s]+/gu, " ")
      .trim(),
  ]
    .slice(0, longestTag)
    .join("")
    .trim();

/** What anyone may have written, each one once, whatever its capitals. */
export const readTags = (value: unknown, most: number): readonly string[] => {
  if (!Array.isArray(value)) return [];
  const kept = new Map<string, string>();
  for (const each of value.slice(0, most) as readonly unknown[]) {
    const tag = typeof each === "string" ? cleanTag(each.slice(0, 4 * longestTag)) : "";
    if (tag !== "" && !kept.has(tag.toLowerCase())) kept.set(tag.toLowerCase(), tag);
  }
  return [...kept.values()];
};
