import * as v from "valibot";
import { createQueue } from "../../shared/base/queue.ts";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import { readSmallFile, writeSmallFile } from "../smallFile.ts";
import { readVersion } from "./version.ts";

const remembered = v.strictObject({
  weekly: v.boolean(),
  /** ms since 1970; 0: never. */
  lookedAt: v.pipe(v.number(), v.finite()),
  /** The newest release that was ever shown to this profile with a signature, and what was signed. */
  highest: v.nullable(
    v.strictObject({
      version: v.pipe(
        v.string(),
        v.check((text) => readVersion(text) !== undefined),
      ),
      digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    }),
  ),
});

export type UpdatesRemembered = v.InferOutput<typeof remembered>;

export type UpdateMemory = {
  readonly read: () => Promise<UpdatesRemembered>;
  readonly change: (part: Partial<UpdatesRemembered>) => Promise<Result<void, "DISK_FAILED">>;
};

/** What is missing or damaged counts as never written: nothing is looked for by itself. */
const nothing: UpdatesRemembered = { weekly: false, lookedAt: 0, highest: null };

export const createUpdateMemory = (path: string): UpdateMemory => {
  let known: Promise<UpdatesRemembered> | undefined;
  const inTurn = createQueue();
  const read = () => (known ??= readSmallFile(path, remembered).then((found) => found ?? nothing));
  return {
    read,
    change: (part) =>
      inTurn(async () => {
        const fresh = { ...(await read()), ...part };
        try {
          await writeSmallFile(path, fresh);
        } catch {
          return refuse("DISK_FAILED");
        }
        known = Promise.resolve(fresh);
        return accept(undefined);
      }),
  };
};
