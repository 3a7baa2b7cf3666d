import * as v from "valibot";

/** Day One's own form of a text, for entries that have no Markdown: runs of words, and photos between them. */
const shape = v.object({
  contents: v.array(
    v.object({
      text: v.optional(v.string()),
      embeddedObjects: v.optional(
        v.array(v.object({ type: v.optional(v.string()), identifier: v.optional(v.string()) })),
      ),
    }),
  ),
});

/** As Markdown without formatting; empty where it cannot be read. */
export const readRichText = (richText: string): string => {
  try {
    const read = v.safeParse(shape, JSON.parse(richText));
    if (!read.success) return "";
    return read.output.contents
      .map(({ text = "", embeddedObjects = [] }) =>
        [
          escaped(text),
          ...embeddedObjects.map(({ type, identifier = "" }) =>
            type === "photo" ? `\n\n![](dayone-moment://${identifier})\n\n` : "",
          ),
        ].join(""),
      )
      .join("");
  } catch {
    return "";
  }
};

const escaped = (text: string): string => text.replaceAll(/[\\`*_{}[\]()<>#+\-.!|~&]/g, "\\$&");
