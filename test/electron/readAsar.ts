import { readFile, writeFile } from "node:fs/promises";

type Entry = {
  readonly files?: Readonly<Record<string, Entry>>;
  readonly offset?: string;
  readonly size?: number;
};

export type Asar = {
  /** Every file and folder, with a leading slash, sorted. */
  readonly names: readonly string[];
  readonly read: (path: string) => Buffer;
};

/** The archive as it lies on the disk: four little-endian u32, the last the header's length; JSON; the files. */
export const readAsar = async (path: string): Promise<Asar> => {
  const bytes = await readFile(path);
  const header = JSON.parse(bytes.subarray(16, 16 + bytes.readUInt32LE(12)).toString()) as Entry;
  const start = 8 + bytes.readUInt32LE(4);
  const entries = new Map(listEntries(header, ""));
  return {
    names: [...entries.keys()].toSorted(),
    read: (name) => {
      const { offset, size } = entries.get(name) ?? {};
      if (offset === undefined || size === undefined) throw new Error(`${name} is not packed`);
      return bytes.subarray(start + Number(offset), start + Number(offset) + size);
    },
  };
};

const listEntries = ({ files = {} }: Entry, folder: string): (readonly [string, Entry])[] =>
  Object.entries(files).flatMap(([name, entry]) => [
    [`${folder}/${name}`, entry] as const,
    ...listEntries(entry, `${folder}/${name}`),
  ]);

/** An archive as electron-builder would write it, hashes included, of whatever files a test likes. */
export const writeAsar = async (
  path: string,
  files: Readonly<Record<string, string>>,
): Promise<void> => {
  type Folder = { files: Record<string, Folder | object> };
  const header: Folder = { files: {} };
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const parts = name.split("/");
    let folder = header;
    for (const part of parts.slice(0, -1))
      folder = (folder.files[part] ??= { files: {} }) as Folder;
    const size = Buffer.byteLength(content);
    folder.files[parts.at(-1) ?? ""] = { size, offset: String(offset), integrity: {} };
    offset += size;
  }
  const text = Buffer.from(JSON.stringify(header));
  const padded = Math.ceil(text.length / 4) * 4;
  const lengths = [4, padded + 8, padded + 4, text.length].map((length) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(length);
    return bytes;
  });
  const padding = Buffer.alloc(padded - text.length);
  const bodies = Object.values(files).map((content) => Buffer.from(content));
  await writeFile(path, Buffer.concat([...lengths, text, padding, ...bodies]));
};
