import { utf8 } from "../base/bytes.ts";
import { writeMarkdown } from "./markdown.ts";
import type { EntriesFile, Write } from "./saveEntries.ts";
import { photosIn, wordsForMissing } from "./savedEntry.ts";
import type { SavedTexts } from "./saveHtml.ts";

/** Pages of every kind after one another as one text, to be read by somebody else. Photos leave their words. */
export const markdownPages =
  (texts: SavedTexts) =>
  (write: Write): EntriesFile => {
    let begun = false;
    const begin = async (): Promise<void> => {
      if (begun) return;
      begun = true;
      const title = texts.title === undefined ? [] : [heading(1, texts.title)];
      const note = texts.note === undefined ? [] : [plain(texts.note)];
      await write(utf8([...title, ...note].join("\n")));
    };
    return {
      add: async ({ card, pieces }) => {
        await begin();
        const title = card.title.trim() === "" ? texts.untitled : card.title;
        const words = writeMarkdown(wordsForMissing(pieces, new Set(photosIn(pieces))));
        const marks = texts.marks(card).map(plain);
        await write(utf8(`\n${[heading(2, title), ...marks, words].join("\n")}`));
      },
      finish: begin,
    };
  };

/** What anybody may have written, as words and never as signs of the form. */
const plain = (text: string): string =>
  writeMarkdown([
    {
      kind: "paragraph",
      inside: [{ kind: "words", text, bold: false, italic: false, address: undefined }],
    },
  ]);

const heading = (level: 1 | 2, text: string): string => `${"#".repeat(level)} ${plain(text)}`;
