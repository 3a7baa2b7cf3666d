import type { FileSink } from "../../shared/base/files.ts";
import { accept } from "../../shared/base/result.ts";

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

/** Where it goes is between the person and the shell. */
export const download = (name: string, content: Blob): void => {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The download holds the file by now; the address would hold it as long as the page lives.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
};
