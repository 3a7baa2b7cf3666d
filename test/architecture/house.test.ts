import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { extname, join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  findForbiddenWords,
  findLooseVersions,
  findMachinePaths,
  findMissingVariants,
  findSafeStorageUsers,
  findStrangeHosts,
  type Lockfile,
} from "../support/houseRules.ts";
import { projectRoot } from "../support/rulesCheck.ts";

const read = (path: string): string => readFileSync(join(projectRoot, path), "utf8");

/** What is in the repository, or would be with the next commit. */
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: projectRoot,
  encoding: "utf8",
})
  .split("\n")
  .filter((path) => path !== "" && ![".png", ".woff2", ".ico", ".icns"].includes(extname(path)))
  .filter((path) => existsSync(join(projectRoot, path)));

const lockfile = JSON.parse(read("package-lock.json")) as Lockfile;

describe("the packages", () => {
  test("every version is exact", () => {
    expect(findLooseVersions(JSON.parse(read("package.json")))).toEqual([]);
  });

  test("a version that is a range is caught", () => {
    const manifest = { dependencies: { a: "1.0.0", b: "^1.0.0", c: "npm:d@~2" } };
    expect(findLooseVersions(manifest)).toEqual(["b", "c"]);
  });

  test("the lockfile lists the Mac and Windows variants of every native package", () => {
    expect(findMissingVariants(lockfile)).toEqual([]);
    expect(Object.keys(lockfile.packages).some((path) => path.includes("win32-x64"))).toBe(true);
  });

  test("a variant that the lockfile lacks is caught", () => {
    const packages = {
      "node_modules/tool": { optionalDependencies: { "tool-darwin-arm64": "1.0.0" } },
    };
    expect(findMissingVariants({ packages })).toEqual(["node_modules/tool: tool-darwin-arm64"]);
  });

  test("the lockfile names no registry but the public one", () => {
    expect(findStrangeHosts(lockfile)).toEqual([]);
  });

  test("another registry is caught", () => {
    const packages = { a: { resolved: "https://mirror.example/a.tgz" } };
    expect(findStrangeHosts({ packages })).toEqual(["a"]);
  });
});

describe("the files", () => {
  const scanned = files.filter((path) => path !== "package-lock.json");

  test("none of them holds a path of the machine it was written on", () => {
    expect(scanned.length).toBeGreaterThan(100);
    const here = [homedir(), projectRoot];
    expect(scanned.filter((path) => findMachinePaths(read(path), here).length > 0)).toEqual([]);
  });

  test("a path of a machine is caught", () => {
    expect(findMachinePaths("see /home/kim/x", ["/home/kim"])).toHaveLength(1);
    expect(findMachinePaths("see /srv/place/x", ["/root", "/srv/place"])).toHaveLength(1);
    expect(findMachinePaths("see https://example.org/srv/place", ["/srv/place"])).toHaveLength(0);
  });

  test("the keychain is asked in one file only", () => {
    const sources = files
      .filter((path) => /^(electron|renderer|shared|server|scripts)\/.*\.(ts|tsx|mjs)$/.test(path))
      .map((path) => ({ path, code: read(path) }));
    expect(findSafeStorageUsers(sources)).toEqual(["electron/deviceSecret.ts"]);
  });

  test("a second file that asks the keychain is caught, and a comment about it is not", () => {
    const sources = [
      { path: "a.ts", code: `import { app, safeStorage } from "electron";` },
      { path: "b.ts", code: "// safeStorage is asked elsewhere" },
    ];
    expect(findSafeStorageUsers(sources)).toEqual(["a.ts"]);
  });
});

describe("the words on the screens", () => {
  const texts = files.filter((path) => /^renderer\/i18n\/.*\.json$/.test(path));

  test("none of the words that are never used is there", () => {
    expect(texts.length).toBeGreaterThan(0);
    const found = texts.flatMap((path) => findForbiddenWords(JSON.parse(read(path))));
    expect(found).toEqual([]);
  });

  test.each([
    "This should work",
    "You failed",
    "Time to move on",
    "A perpetrator",
    "Your score",
    "Verify your partner",
    "It is proven",
  ])("%j is caught", (sentence) => {
    expect(findForbiddenWords({ screen: { line: sentence } })).toHaveLength(1);
  });

  test.each(["Shoulder to shoulder", "The shield holds", "Underscore"])("%j is not", (sentence) => {
    expect(findForbiddenWords({ line: sentence })).toEqual([]);
  });
});
