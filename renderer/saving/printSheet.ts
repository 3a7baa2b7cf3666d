import { entryMarkup, type SavedTexts } from "../../shared/archive/saveHtml.ts";
import { element, type Markup } from "../../shared/archive/markup.ts";
import type { EntriesFile } from "../../shared/archive/saveEntries.ts";

/** The chosen entries as they go on paper: beside the app, seen by the printer alone (renderer/ui/print.css). */
export type PrintSheet = {
  readonly open: () => EntriesFile;
  /** Stands in the page until `remove`; no photo is still on its way then. */
  readonly place: () => Promise<void>;
  /** Leaves no word and no picture behind. */
  readonly remove: () => void;
};

export const createPrintSheet = (texts: SavedTexts): PrintSheet => {
  const sheet = document.createElement("div");
  sheet.className = "print-sheet";
  sheet.lang = texts.language;
  const addresses: string[] = [];
  const images: HTMLImageElement[] = [];
  const add = (to: Element, markup: Markup): void => {
    to.append(nodeOf(markup, images));
  };
  return {
    open: () => ({
      add: async (entry, name, tools) => {
        if (texts.title !== undefined && sheet.childElementCount === 0) {
          add(sheet, element("h1", [texts.title]));
          if (texts.note !== undefined) add(sheet, element("p", [texts.note]));
        }
        const article = document.createElement("article");
        const address = async (photo: Parameters<typeof entry.photos.read>[0]) => {
          const bytes = await entry.photos.read(photo);
          if (!bytes.ok) return undefined;
          const at = URL.createObjectURL(
            new Blob([new Uint8Array(bytes.value)], { type: photo.type }),
          );
          addresses.push(at);
          return at;
        };
        for await (const part of entryMarkup(entry, name, texts, { address, ...tools }))
          add(article, part);
        sheet.append(article);
      },
      finish: async () => {},
    }),
    place: async () => {
      document.body.append(sheet);
      await Promise.all(images.map((image) => image.decode().catch(() => undefined)));
    },
    remove: () => {
      sheet.remove();
      sheet.replaceChildren();
      images.length = 0;
      for (const address of addresses.splice(0)) URL.revokeObjectURL(address);
    },
  };
};

/** Only of what markup can be; a word never becomes anything else. */
const nodeOf = (markup: Markup, images: HTMLImageElement[]): Node => {
  if (typeof markup === "string") return document.createTextNode(markup);
  const made = document.createElement(markup.tag);
  for (const [name, value] of Object.entries(markup.attributes)) made.setAttribute(name, value);
  made.append(...markup.inside.map((each) => nodeOf(each, images)));
  if (made instanceof HTMLImageElement) images.push(made);
  return made;
};
