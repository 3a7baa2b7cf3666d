import { readFile } from "node:fs/promises";

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
