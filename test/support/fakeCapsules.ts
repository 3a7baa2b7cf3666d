import type { Clock } from "../../shared/base/clock.ts";
import { createCell } from "../../shared/base/live.ts";
import { accept, refuse } from "../../shared/base/result.ts";
import type { Work } from "../../shared/base/work.ts";
import type { Capsules, CapsuleReadCode, CapsuleWriteCode } from "../../shared/journal/capsules.ts";

/** `slow`: goes on until it is stopped or this ends. `refusesToWrite`: with this code. */
export type CapsuleWays = {
  readonly slow: boolean;
  readonly refusesToWrite: CapsuleWriteCode | undefined;
};

export type FakeCapsules = Capsules & {
  readonly set: (ways: Partial<CapsuleWays>) => void;
};

/**
 * Files of this kind: "capsule " and anything brings something the first time and nothing after that; one of the codes
 * is refused with it; anything else is some other file. What is written is "capsule new" or "capsule all".
 */
export const createFakeCapsules = (clock: Clock): FakeCapsules => {
  const ways = createCell<CapsuleWays>({ slow: false, refusesToWrite: undefined });
  const known = new Set<string>();
  const pass = async (work: Work, size: number): Promise<"CANCELLED" | undefined> => {
    work.progress(0, size);
    const soon = () => new Promise<void>((then) => clock.after(20, then));
    await soon();
    work.progress(Math.ceil(size / 3), size);
    while (ways.read().slow && !work.cancelled()) await soon();
    if (work.cancelled()) return "CANCELLED";
    work.progress(size, size);
    return undefined;
  };
  return {
    set: (changed) => ways.set({ ...ways.read(), ...changed }),
    write: async (what, to, work) => {
      const { refusesToWrite } = ways.read();
      const code = refusesToWrite ?? (await pass(work, what === "new" ? 6_000_000 : 480_000_000));
      if (code !== undefined) {
        await to.abort();
        return refuse(code);
      }
      const written = await to.write(new TextEncoder().encode(`capsule ${what}`));
      return written.ok ? to.finish() : written;
    },
    take: async (file, work) => {
      const read = await file.read(0, file.size);
      if (!read.ok) return read;
      const code = await pass(work, 24_000_000);
      if (code !== undefined) return refuse(code);
      const words = new TextDecoder().decode(read.value);
      if (words.startsWith("capsule ")) {
        const brought = !known.has(words);
        known.add(words);
        return accept({ brought });
      }
      return refuse(isCode(words) ? words : "NOT_A_CAPSULE");
    },
  };
};

const codes: readonly string[] = [
  "IS_A_BACKUP",
  "NEWER_CAPSULE",
  "CUT_SHORT",
  "CAPSULE_ALTERED",
  "OTHER_COUPLE",
  "OWN_CAPSULE",
  "FILE_GONE",
  "NOT_PAIRED",
  "SHARING_PAUSED",
  "DISK_FULL",
  "STORE_CLOSED",
  "STORE_FAILED",
] satisfies readonly CapsuleReadCode[];

const isCode = (words: string): words is CapsuleReadCode => codes.includes(words);
