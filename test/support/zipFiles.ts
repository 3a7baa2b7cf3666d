import { TextReader, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";
import type { FileSource } from "../../shared/base/files.ts";
import { accept, refuse } from "../../shared/base/result.ts";

export type ZipContent = Readonly<Record<string, string | Uint8Array>>;

/** A zip as other apps write it. */
export const zipOf = async (
  content: ZipContent,
  options: { readonly password?: string; readonly level?: number; readonly zip64?: boolean } = {},
): Promise<Uint8Array> => {
  const writer = new ZipWriter(new Uint8ArrayWriter(), {
    useWebWorkers: false,
    level: options.level ?? 6,
    zip64: options.zip64 ?? false,
  });
  for (const [name, value] of Object.entries(content))
    await writer.add(
      name,
      typeof value === "string" ? new TextReader(value) : new Uint8ArrayReader(value),
      {
        lastModDate: new Date(2026, 2, 4, 12),
        ...(options.password === undefined ? {} : { password: options.password }),
      },
    );
  return writer.close();
};

export type CountedSource = FileSource & { readonly mostRead: () => number };

/** `goneAfter`: so many bytes can be read, and then the file is gone. */
export const sourceOf = (
  name: string,
  bytes: Uint8Array,
  goneAfter = Number.POSITIVE_INFINITY,
): CountedSource => {
  let read = 0;
  let most = 0;
  return {
    name,
    size: bytes.length,
    mostRead: () => most,
    read: async (from, length) => {
      const some = bytes.slice(from, from + length);
      read += some.length;
      most = Math.max(most, some.length);
      return read > goneAfter ? refuse("FILE_GONE") : accept(some);
    },
  };
};
