import { htmlFile, type SavedTexts } from "../../shared/archive/saveHtml.ts";
import { markdownPages } from "../../shared/archive/savePages.ts";
import { markdownFile, markdownZip } from "../../shared/archive/saveMarkdown.ts";
import { photosIn } from "../../shared/archive/savedEntry.ts";
import {
  saveEntries,
  type SavingCode,
  type Saved,
  type Saving,
} from "../../shared/archive/saveEntries.ts";
import { createSavedNames, dayOf } from "../../shared/archive/savedNames.ts";
import type { EntriesFile, Write } from "../../shared/archive/saveEntries.ts";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import type { Documents, DocumentsCode } from "../../shared/bridge/documents.ts";
import { createBlobSink, download } from "./blobSink.ts";
import { createPrintSheet } from "./printSheet.ts";

export const savedForms = ["markdown", "html", "pdf"] as const;
export type SavedForm = (typeof savedForms)[number];

/** handed: to a browser, which does not tell more. written: a file that is no PDF. The others: shared/bridge/documents.ts. */
export type SavedResult = Saved & {
  readonly end: "handed" | "written" | "saved" | "closed" | "printing";
};

export type SaveAs = Saving & {
  /** pages: all of it as one text, without photos. */
  readonly form: SavedForm | "pages";
  readonly texts: SavedTexts;
  /** Of all of it together, in file names; neutral. */
  readonly name: string;
  readonly documents: Documents;
  /** Also while the system's own window is open: whoever stops leaves no word in the page. */
  readonly stop: AbortSignal;
};

export const saveAs = async (
  asked: SaveAs,
): Promise<Result<SavedResult, SavingCode | DocumentsCode>> => {
  const name = fileName(asked);
  if (asked.form === "pdf") return savePdf(asked, name);
  if (asked.form === "html")
    return saveFile(asked, `${name}.html`, "text/html", htmlFile(asked.texts));
  if (asked.form === "pages")
    return saveFile(asked, `${name}.md`, "text/markdown", markdownPages(asked.texts));
  return (await isOnePlain(asked))
    ? saveFile(asked, `${name}.md`, "text/markdown", markdownFile)
    : saveFile(asked, `${name}.zip`, "application/zip", markdownZip);
};

/** By its own name where there is one; else by today's date. */
const fileName = ({ cards, name, clock, form }: SaveAs): string => {
  const [only] = cards;
  return form !== "pages" && cards.length === 1 && only !== undefined
    ? createSavedNames().entry(only)
    : `${name} ${dayOf(clock.now())}`;
};

const isOnePlain = async ({ cards, read }: SaveAs): Promise<boolean> => {
  const [only] = cards;
  if (cards.length !== 1 || only === undefined) return false;
  const entry = await read(only.id);
  return entry.ok && photosIn(entry.value.pieces).length === 0;
};

const saveFile = async (
  asked: SaveAs,
  name: string,
  type: string,
  open: (write: Write) => EntriesFile,
): Promise<Result<SavedResult, SavingCode>> => {
  const sink = createBlobSink(type);
  const saved = await saveEntries(asked, sink, open);
  if (!saved.ok) return saved;
  const blob = sink.blob();
  if (blob === undefined) throw new Error("a file that was finished is not there");
  const end = await Promise.race([download(name, blob, asked.documents), whenStopped(asked.stop)]);
  if (end === "stopped") return refuse("CANCELLED");
  if (end === "refused") return refuse("DISK_FAILED");
  return accept({ ...saved.value, end: ends[end] });
};

const ends = { unknown: "handed", saved: "written", closed: "closed" } as const;

const whenStopped = (stop: AbortSignal): Promise<"stopped"> =>
  new Promise((resolve) => {
    if (stop.aborted) resolve("stopped");
    stop.addEventListener("abort", () => resolve("stopped"), { once: true });
  });

const savePdf = async (
  asked: SaveAs,
  name: string,
): Promise<Result<SavedResult, SavingCode | DocumentsCode>> => {
  const sheet = createPrintSheet(asked.texts);
  asked.stop.addEventListener("abort", sheet.remove);
  try {
    // Nothing is written to: the sheet itself is what is printed.
    const saved = await saveEntries(asked, createBlobSink(""), sheet.open);
    if (!saved.ok) return saved;
    await sheet.place();
    if (asked.work.cancelled()) return refuse("CANCELLED");
    const printed = await asked.documents.pdf(name);
    return printed.ok ? accept({ ...saved.value, end: printed.value }) : printed;
  } finally {
    asked.stop.removeEventListener("abort", sheet.remove);
    sheet.remove();
  }
};
