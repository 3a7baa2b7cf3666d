import { readFile } from "node:fs/promises";
import * as v from "valibot";
import { accept, refuse, type Result } from "../shared/base/result.ts";
import { codeOf } from "./diskProblem.ts";
import { writeSmallFile } from "./smallFile.ts";

/**
 * "nowhere" is written down too: a vault that was made with zeros must be opened with zeros, also after the person
 * has installed a keychain.
 */
const keychain = { kept: v.literal("keychain"), sealed: v.pipe(v.string(), v.base64()) };
const nowhere = { kept: v.literal("nowhere") };
const oneSchema = v.variant("kept", [v.strictObject(keychain), v.strictObject(nowhere)]);

/** Those that were in force before, newest first: what was sealed under them may not be sealed again yet. */
const earlier = v.exactOptional(v.array(oneSchema));
const schema = v.variant("kept", [
  v.strictObject({ ...keychain, earlier }),
  v.strictObject({ ...nowhere, earlier }),
]);

export type KeptSecret = v.InferOutput<typeof oneSchema>;
export type KeptSecrets = v.InferOutput<typeof schema>;

/** The file beside the vault that holds the device secret as the keychain sealed it. */
export const readKept = async (
  path: string,
): Promise<Result<KeptSecrets | undefined, "KEYCHAIN_LOST">> => {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (problem) {
    return codeOf(problem) === "ENOENT"
      ? accept(undefined)
      : refuse("KEYCHAIN_LOST", "the kept file cannot be read");
  }
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text);
  return parsed.success ? accept(parsed.output) : refuse("KEYCHAIN_LOST", damagedFile);
};

/** Said of a file that was read and makes no sense: nothing in it can be lost any more. */
export const damagedFile = "the kept file is damaged";

/** Throws what the disk throws. */
export const writeKept = (path: string, kept: KeptSecrets): Promise<void> =>
  writeSmallFile(path, kept);
