import type { FileSource } from "../../shared/base/files.ts";
import type { Work } from "../../shared/base/work.ts";
import type { Capsules, CapsuleReadCode } from "../../shared/journal/capsules.ts";

export type RefusedFile = { readonly name: string; readonly code: CapsuleReadCode };

/** What came of all files together. How much was in them is not said. */
export type Taken = {
  /** Files that were taken in, whether or not anything in them was new. */
  readonly whole: number;
  readonly brought: boolean;
  readonly refused: readonly RefusedFile[];
  readonly stopped: boolean;
  /** Some were not looked at: it was stopped, or the next could not have fared better. */
  readonly unread: boolean;
};

/** Of this computer or this journal, not of the file: the next one would be refused as well. */
const forAll: ReadonlySet<CapsuleReadCode> = new Set([
  "NOT_PAIRED",
  "SHARING_PAUSED",
  "DISK_FULL",
  "STORE_CLOSED",
  "STORE_FAILED",
]);

/** One after the other, in the order in which they were chosen; which that is does not matter. */
export const takeFiles = async (
  capsules: Pick<Capsules, "take">,
  files: readonly FileSource[],
  workOf: (file: FileSource) => Work,
): Promise<Taken> => {
  const refused: RefusedFile[] = [];
  let whole = 0;
  let brought = false;
  for (const [index, file] of files.entries()) {
    const unread = index < files.length - 1;
    const work = workOf(file);
    const taken = await capsules.take(file, work);
    if (taken.ok) {
      whole += 1;
      brought ||= taken.value.brought;
      // Stopped too late for this one: it is in, and the next are left.
      if (unread && work.cancelled()) return { whole, brought, refused, stopped: true, unread };
    } else if (taken.code === "CANCELLED") {
      return { whole, brought, refused, stopped: true, unread };
    } else {
      refused.push({ name: file.name, code: taken.code });
      if (forAll.has(taken.code)) return { whole, brought, refused, stopped: false, unread };
    }
  }
  return { whole, brought, refused, stopped: false, unread: false };
};
