import type { SinkCode } from "../base/files.ts";
import type { Result } from "../base/result.ts";

/** The page as it prints (renderer/ui/print.css), as a PDF. No word of it crosses the bridge. */
export type Documents = {
  /** `name`: what is offered as the file's, without its ending. */
  readonly pdf: (name: string) => Promise<Result<PdfEnd, DocumentsCode>>;
};

/** closed: the person chose no place, and nothing was written. printing: a browser has its own window for it. */
export type PdfEnd = "saved" | "closed" | "printing";

/** PRINT_REFUSED: the page could not be laid out on paper. */
export type DocumentsCode = SinkCode | "PRINT_REFUSED" | "BAD_REQUEST";

/** A name and no path, on every system. */
export const isDocumentName = (name: string): boolean =>
  /^(?![\s.])(?:\u{200d}|[^\p{C}<>:"/\\|?*]){1,120}(?<![\s.])$/u.test(name);
