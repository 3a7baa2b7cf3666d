import type { SinkCode } from "../base/files.ts";
import type { Result } from "../base/result.ts";

/** The page as it prints (renderer/ui/print.css), as a PDF. No word of it crosses the bridge. */
export type Documents = {
  /** `name`: what is offered as the file's, without its ending. */
  readonly pdf: (name: string) => Promise<Result<PdfEnd, DocumentsCode>>;
  /**
   * What becomes of a file in this page's hands that is given to the shell as a download, by its blob: address. Asked
   * before it is given; the answer may take as long as the system's own window is open.
   */
  readonly handed: (address: string) => Promise<HandedEnd>;
};

/** unknown: a browser does not tell. closed: the person chose no place. refused: by the disk, or by the shell. */
export type HandedEnd = "unknown" | "saved" | "closed" | "refused";

/** closed: the person chose no place, and nothing was written. printing: a browser has its own window for it. */
export type PdfEnd = "saved" | "closed" | "printing";

/** PRINT_REFUSED: the page could not be laid out on paper. */
export type DocumentsCode = SinkCode | "PRINT_REFUSED" | "BAD_REQUEST";

/** Of a file that our own page in Electron has made in memory. */
export const isHandedAddress = (address: string): boolean =>
  /^blob:app:\/\/twofold\/[0-9a-f-]{8,36}$/.test(address);

/** A name and no path, on every system. */
export const isDocumentName = (name: string): boolean =>
  /^(?![\s.])(?:\u{200d}|[^\p{C}<>:"/\\|?*]){1,120}(?<![\s.])$/u.test(name);
