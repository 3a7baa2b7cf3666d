import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { Clock } from "../../shared/base/clock.ts";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import type { ReleaseFile } from "./manifest.ts";
import { receive, type UpdateWire } from "./wire.ts";

/** The longest silence of a download, and the longest whole, ms: slow lines are slow, not silent. */
const silence = 60_000;
const whole = 6 * 3_600_000;

export type BringCode = "NOT_REACHED" | "RELEASE_REFUSED" | "DISK_FAILED";

/** Writes what comes to `path`, never more than was signed, and judges the whole of it. A refused file is empty. */
export const bringFile = async (
  address: string,
  path: string,
  { size, sha512 }: Pick<ReleaseFile, "size" | "sha512">,
  { wire, clock }: { readonly wire: UpdateWire; readonly clock: Clock },
): Promise<Result<void, BringCode>> => {
  const file = await open(path, "w", 0o600).catch(() => undefined);
  if (file === undefined) return refuse("DISK_FAILED");
  const hash = createHash("sha512");
  let diskFailed = false;
  let length = 0;
  try {
    const take = async (piece: Uint8Array): Promise<void> => {
      hash.update(piece);
      length += piece.length;
      await file.writeFile(piece).catch((problem: unknown) => {
        diskFailed = true;
        throw problem;
      });
    };
    const received = await receive(address, take, { wire, clock, limit: size, silence, whole });
    if (!received.ok) return await emptied(file, received);
    if (length !== size || hash.digest("base64") !== sha512)
      return await emptied(file, refuse("RELEASE_REFUSED", "not what was signed"));
    await file.sync();
    return accept(undefined);
  } catch (problem) {
    if (!diskFailed) throw problem;
    return await emptied(file, refuse("DISK_FAILED"));
  } finally {
    await file.close();
  }
};

const emptied = async <Refusal>(
  file: { readonly truncate: (length: number) => Promise<void> },
  refusal: Refusal,
): Promise<Refusal> => {
  await file.truncate(0).catch(() => undefined);
  return refusal;
};

/** The file as it lies on the disk now; false also where it cannot be read. */
export const isWhatWasSigned = async (
  path: string,
  { size, sha512 }: Pick<ReleaseFile, "size" | "sha512">,
): Promise<boolean> => {
  const hash = createHash("sha512");
  let length = 0;
  try {
    for await (const piece of createReadStream(path) as AsyncIterable<Uint8Array>) {
      hash.update(piece);
      length += piece.length;
    }
  } catch {
    return false;
  }
  return length === size && hash.digest("base64") === sha512;
};
