import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { desktopEntry, execLine } from "../../electron/desktopEntry.ts";
import { firstSettings, readDesktopFile } from "../../electron/desktopFile.ts";
import { readPlace } from "../../electron/windowState.ts";
import { stepOutKeys } from "../../shared/bridge/desktop.ts";
import { readExec } from "../support/readExec.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "twofold-desktop-files-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const anyContent = fc.oneof(
  fc.string(),
  fc.json(),
  fc
    .record(
      Object.fromEntries(
        [...Object.keys(firstSettings(true)), "x", "width", "zoom"].map((name) => [
          name,
          fc.oneof(fc.boolean(), fc.string(), fc.integer(), fc.constantFrom(...stepOutKeys)),
        ]),
      ),
      { requiredKeys: [] },
    )
    .map((value) => JSON.stringify(value)),
);

test("whatever stands in the file of this computer's choices, what is read of it is on, off or a name that is known", async () => {
  const path = join(folder, "desktop.json");
  await fc.assert(
    fc.asyncProperty(anyContent, fc.boolean(), async (content, packaged) => {
      await writeFile(path, content);
      const first = firstSettings(packaged);
      const { stepOutKeys: keys, ...switches } = await readDesktopFile(path, first);
      expect(stepOutKeys).toContain(keys);
      expect(Object.keys({ ...switches, stepOutKeys: keys }).toSorted()).toEqual(
        Object.keys(first).toSorted(),
      );
      for (const value of Object.values(switches)) expect(typeof value).toBe("boolean");
    }),
  );
});

test("whatever stands in the file of the window's place, what is read of it is numbers, or it is not read", async () => {
  const path = join(folder, "window.json");
  await fc.assert(
    fc.asyncProperty(anyContent, async (content) => {
      await writeFile(path, content);
      const place = await readPlace(path);
      for (const value of Object.values(place ?? {})) expect(Number.isFinite(value)).toBe(true);
    }),
  );
});

const sign = fc.oneof(
  fc.constantFrom(..."/ \\\"'`$%;&|<>*?#()~^!{}[]=\n\t".split("")),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
);
const anyPath = fc.array(sign, { maxLength: 40 }).map((signs) => `/${signs.join("")}`);

test("whatever the program's path, the file that starts it at login starts it and nothing else, or there is none", () => {
  fc.assert(
    fc.property(anyPath, (path) => {
      const program = [path, "--profile", "sam"];
      const line = execLine(program);
      const cannotBeSaid = [...path].some((one) => "=%\u007f".includes(one) || one < " ");
      expect(line === undefined).toBe(cannotBeSaid);
      expect(line === undefined ? program : readExec(line)).toEqual(program);
      const lines = desktopEntry(program)?.split("\n") ?? [];
      expect(lines.filter((one) => one.startsWith("Exec="))).toEqual(cannotBeSaid ? [] : [line]);
      expect(lines).toHaveLength(cannotBeSaid ? 0 : 8);
    }),
    { numRuns: 500 },
  );
});
