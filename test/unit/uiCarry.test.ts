import { expect, test } from "vitest";
import { shownWork } from "../../renderer/capsule/shownWork.ts";
import { takeFiles } from "../../renderer/capsule/takeFiles.ts";
import type { FileSource } from "../../shared/base/files.ts";
import { accept, refuse } from "../../shared/base/result.ts";
import type { Work } from "../../shared/base/work.ts";
import type { Capsules, CapsuleReadCode } from "../../shared/journal/capsules.ts";

const fileOf = (name: string): FileSource => ({
  name,
  size: 0,
  read: async () => accept(new Uint8Array()),
});
const idle: Work = { progress: () => {}, cancelled: () => false };

/** What each file comes to, by its name; anything else is a code that it is refused with. */
const taking = (seen: string[] = []): Pick<Capsules, "take"> => ({
  take: async ({ name }) => {
    seen.push(name);
    const [first = ""] = name.split(" ");
    return first === "new" || first === "known"
      ? accept({ brought: first === "new" })
      : refuse(first as CapsuleReadCode);
  },
});
const take = (names: readonly string[], seen?: string[], work: () => Work = () => idle) =>
  takeFiles(taking(seen), names.map(fileOf), work);

test("in whatever order files are opened, the same is told of them", async () => {
  const told = { whole: 3, brought: true, stopped: false, unread: false };
  const refused = [{ name: "CUT_SHORT a", code: "CUT_SHORT" }];
  for (const names of [
    ["new a", "known a", "CUT_SHORT a", "known b"],
    ["known b", "CUT_SHORT a", "known a", "new a"],
    ["CUT_SHORT a", "known a", "new a", "known b"],
  ])
    expect(await take(names)).toEqual({ ...told, refused });
  expect(await take(["known a", "known b"])).toMatchObject({
    whole: 2,
    brought: false,
    refused: [],
  });
});

test("what is wrong with one file keeps no other from being opened; what is wrong here does", async () => {
  const ofTheFile = [
    "NOT_A_CAPSULE",
    "IS_A_BACKUP",
    "NEWER_CAPSULE",
    "CUT_SHORT",
    "CAPSULE_ALTERED",
    "OTHER_COUPLE",
    "OWN_CAPSULE",
    "FILE_GONE",
  ];
  const all = await take([...ofTheFile, "new a"]);
  expect(all).toMatchObject({ whole: 1, brought: true, unread: false });
  expect(all.refused.map(({ code }) => code)).toEqual(ofTheFile);
  for (const code of [
    "NOT_PAIRED",
    "SHARING_PAUSED",
    "DISK_FULL",
    "STORE_CLOSED",
    "STORE_FAILED",
  ]) {
    const seen: string[] = [];
    expect(await take(["new a", code, "new b"], seen)).toEqual({
      whole: 1,
      brought: true,
      refused: [{ name: code, code }],
      stopped: false,
      unread: true,
    });
    expect(seen).toEqual(["new a", code]);
  }
});

test("who stops is told that what was in stays and that the rest was not opened", async () => {
  const seen: string[] = [];
  expect(await take(["known a", "CANCELLED", "new b"], seen)).toEqual({
    whole: 1,
    brought: false,
    refused: [],
    stopped: true,
    unread: true,
  });
  expect(seen).toEqual(["known a", "CANCELLED"]);
  // Pressed when a file was whole already: it is in, and the next is not begun.
  const late = (): Work => ({ ...idle, cancelled: () => true });
  const after: string[] = [];
  expect(await take(["new a", "new b"], after, late)).toMatchObject({
    whole: 1,
    brought: true,
    stopped: true,
    unread: true,
  });
  expect(after).toEqual(["new a"]);
  expect(await take(["new a"], [], late)).toMatchObject({ stopped: false, unread: false });
});

test("progress is drawn once a hundredth, and not after it was stopped", () => {
  const stopped = new AbortController();
  const shown: number[] = [];
  const work = shownWork(stopped.signal, (done) => shown.push(done));
  for (let done = 0; done <= 50_000; done += 10) work.progress(done, 100_000);
  expect(shown).toHaveLength(51);
  expect(work.cancelled()).toBe(false);
  stopped.abort();
  work.progress(90_000, 100_000);
  expect(shown).toHaveLength(51);
  expect(work.cancelled()).toBe(true);
});
