import { open } from "node:fs/promises";
import type { GenericSchema } from "valibot";
import * as v from "valibot";
import { writeAtomically } from "./atomicFile.ts";

/** More than any of these files ever has, in bytes (a path alone may have 4,096): what is larger is none of ours. */
const limit = 16 * 1024;

/** Undefined for whatever is not a file of ours: absent, too large, damaged, of another shape. Never rejects. */
export const readSmallFile = async <Value>(
  path: string,
  schema: GenericSchema<unknown, Value>,
): Promise<Value | undefined> => {
  try {
    const file = await open(path, "r");
    try {
      const { size } = await file.stat();
      if (size > limit) return undefined;
      const parsed = v.safeParse(schema, JSON.parse(await file.readFile("utf8")));
      return parsed.success ? parsed.output : undefined;
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
};

/** Throws what the disk throws. */
export const writeSmallFile = (path: string, value: object): Promise<void> =>
  writeAtomically(path, Buffer.from(JSON.stringify(value)));
