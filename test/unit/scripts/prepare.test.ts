import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { findElectron, mayFetchElectron } from "../../../scripts/start/electronBinary.mjs";
import { needsBuild, needsInstall } from "../../../scripts/start/freshness.mjs";
import { chooseShell, rememberedShell, rememberShell } from "../../../scripts/start/shellKind.mjs";
import { inTurn } from "../../../scripts/start/turn.mjs";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "twofold-root-"));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

/** A file as it was changed so many seconds after a common moment. */
const put = (path: string, seconds: number, content = ""): void => {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  utimesSync(file, 1_000 + seconds, 1_000 + seconds);
  utimesSync(dirname(file), 1_000, 1_000);
};

test("a fresh clone needs its packages, and a lockfile newer than them needs them again", () => {
  put("package-lock.json", 10);
  expect(needsInstall(root)).toBe(true);
  put("node_modules/.package-lock.json", 20);
  expect(needsInstall(root)).toBe(false);
  put("package-lock.json", 30);
  expect(needsInstall(root)).toBe(true);
});

test("a source newer than the build asks for a new build", () => {
  put("shared/bytes.ts", 10);
  expect(needsBuild(root)).toBe(true);
  put("dist/built", 20);
  expect(needsBuild(root)).toBe(false);
  put("shared/bytes.ts", 30);
  expect(needsBuild(root)).toBe(true);
});

test("a source that was taken away asks for a new build", () => {
  put("renderer/old.ts", 10);
  put("dist/built", 20);
  expect(needsBuild(root)).toBe(false);
  rmSync(join(root, "renderer/old.ts"));
  expect(needsBuild(root)).toBe(true);
});

test("two that prepare at once take turns", async () => {
  const file = join(root, ".preparing");
  const events: string[] = [];
  let finishFirst = (): void => undefined;
  const first = inTurn(
    file,
    () => events.push("first waits"),
    () =>
      new Promise<void>((resolve) => {
        finishFirst = resolve;
      }),
  );
  const second = inTurn(
    file,
    () => events.push("second waits"),
    async () => events.push("second runs"),
  );
  expect(events).toEqual(["second waits"]);
  finishFirst();
  await first;
  await second;
  expect(events).toEqual(["second waits", "second runs"]);
  expect(existsSync(file)).toBe(false);
});

test("one that died while preparing holds nobody up for good", async () => {
  put(".preparing", 0);
  const onWait = vi.fn();
  expect(await inTurn(join(root, ".preparing"), onWait, async () => "done")).toBe("done");
});

test("a turn that ends with an error is over all the same", async () => {
  const file = join(root, ".preparing");
  const turn = inTurn(
    file,
    () => undefined,
    () => Promise.reject(new Error("no")),
  );
  await expect(turn).rejects.toThrow("no");
  expect(existsSync(file)).toBe(false);
});

test("Electron is there when its program is, not when only its package is", () => {
  put("node_modules/electron/package.json", 0, `{"version":"1.0.0"}`);
  expect(findElectron(root)).toBeUndefined();
  put("node_modules/electron/path.txt", 0, "electron");
  expect(findElectron(root)).toBeUndefined();
  put("node_modules/electron/dist/electron", 0);
  expect(findElectron(root)).toBe(join(root, "node_modules/electron/dist/electron"));
});

test("an attempt to fetch Electron that did not work is not made again for a day", () => {
  const day = 86_400_000;
  put("node_modules/electron/package.json", 0, `{"version":"1.0.0"}`);
  expect(mayFetchElectron(root, root, 0)).toBe(true);
  put("electron-attempt.json", 0, `{"version":"1.0.0","at":1000}`);
  expect(mayFetchElectron(root, root, 1_000 + day - 1)).toBe(false);
  expect(mayFetchElectron(root, root, 1_000 + day)).toBe(true);
  // The clock was set back: better one attempt too many than none for years.
  expect(mayFetchElectron(root, root, 0)).toBe(true);
  put("electron-attempt.json", 0, `{"version":"0.9.0","at":1000}`);
  expect(mayFetchElectron(root, root, 1_001)).toBe(true);
  put("electron-attempt.json", 0, `{`);
  expect(mayFetchElectron(root, root, 1_001)).toBe(true);
});

test("a profile remembers the shell its journal was begun in", () => {
  const folder = join(root, "profile-alex");
  expect(rememberedShell(folder)).toBeUndefined();
  rememberShell(folder, "browser");
  expect(rememberedShell(folder)).toBe("browser");
});

test.each([
  [undefined, false, true, "electron"],
  [undefined, false, false, "browser"],
  [undefined, true, true, "browser"],
  ["browser", false, true, "browser"],
  ["electron", false, true, "electron"],
  ["electron", true, true, "browser"],
] as const)(
  "begun in %s, --browser %s, Electron there %s: %s",
  (remembered, wantsBrowser, hasElectron, kind) => {
    const chosen = chooseShell({ remembered, wantsBrowser, hasElectron });
    expect(chosen.kind).toBe(kind);
    expect(chosen.sentence).not.toBe("");
  },
);

test("a journal that was begun in Electron is not met by an empty browser window", () => {
  const facts = { remembered: "electron", wantsBrowser: false, hasElectron: false } as const;
  const chosen = chooseShell(facts);
  expect(chosen.kind).toBe("neither");
  expect(chosen.sentence).toContain("npm start -- --browser");
});
