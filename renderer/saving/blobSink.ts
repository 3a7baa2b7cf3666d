import type { FileSink } from "../../shared/base/files.ts";
import { accept } from "../../shared/base/result.ts";
import type { Documents, HandedEnd } from "../../shared/bridge/documents.ts";

export type BlobSink = FileSink & { readonly blob: () => Blob | undefined };

/** Handed to the browser in such portions, bytes: it may keep them on its own disk instead of in memory. */
const portion = 4 * 1024 ** 2;

/** A file in this page's hands; nobody sees anything of it before it is whole. */
export const createBlobSink = (type: string): BlobSink => {
  let portions: Blob[] = [];
  let parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  let whole: Blob | undefined;
  const put = (): void => {
    if (parts.length > 0) portions.push(new Blob(parts));
    parts = [];
    length = 0;
  };
  return {
    write: async (bytes) => {
      parts.push(new Uint8Array(bytes));
      length += bytes.length;
      if (length >= portion) put();
      return accept(undefined);
    },
    finish: async () => {
      put();
      whole = new Blob(portions, { type });
      portions = [];
      return accept(undefined);
    },
    abort: async () => {
      portions = [];
      parts = [];
    },
    blob: () => whole,
  };
};

/** Where it goes is between the person and the shell; what came of it, as far as the shell can tell. */
export const download = async (
  name: string,
  content: Blob,
  { handed }: Pick<Documents, "handed">,
): Promise<HandedEnd> => {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  const ending = handed(address);
  link.click();
  const end = await ending;
  // The address would hold the file as long as the page lives. A browser may still be about to begin.
  setTimeout(() => URL.revokeObjectURL(address), end === "unknown" ? 60_000 : 0);
  return end;
};
