import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, test } from "vitest";
import { projectRoot } from "../support/rulesCheck.ts";

/** docs/security.md says of each line which test holds it. It must be there, under that very name. */

type Files = { readonly read: (path: string) => string | undefined };

const project: Files = {
  read: (path) => {
    const whole = join(projectRoot, path);
    return existsSync(whole) ? readFileSync(whole, "utf8") : undefined;
  },
};

const lines = (page: string): readonly (readonly string[])[] =>
  page
    .split("\n")
    .filter((line) => line.startsWith("|") && !/^\|\s*(?:-+|what is tried)/.test(line))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

/** What is wrong with what a line says of its tests; nothing where all of it is so. */
const findUnheld = (page: string, { read }: Files): readonly string[] =>
  lines(page).flatMap(([tried = "", stands = "", held = ""]) => {
    if (/^Not held: \S/.test(held)) return [];
    if (stands === "" || stands === "nothing")
      return [`${tried}: nothing stands, and it is not said`];
    const named = [...held.matchAll(/\[[^\]]+\]\(([^)]+)\) “([^”]+)”/g)];
    if (named.length === 0 || named.length !== held.split("<br>").length)
      return [`${tried}: names no test`];
    return named.flatMap(([, link = "", title = ""]) => {
      const source = read(posix.normalize(`docs/${link}`));
      if (source === undefined) return [`${tried}: there is no ${link}`];
      return titlesIn(source).has(title) ? [] : [`${tried}: ${link} has no “${title}”`];
    });
  });

/** Of tests and groups, as they are written. */
const titlesIn = (source: string): ReadonlySet<string> =>
  new Set(
    [...source.matchAll(/"((?:[^"\\\n]|\\.)+)"|'((?:[^'\\\n]|\\.)+)'/g)].map(
      ([, double, single]) => double ?? single ?? "",
    ),
  );

const page = project.read("docs/security.md") ?? "";

describe("docs/security.md", () => {
  test("says of every line which test holds it, or that none does", () => {
    expect(lines(page).length).toBeGreaterThan(40);
    expect(findUnheld(page, project)).toEqual([]);
  });

  test("says what is not held, and how to report a hole without an address that nobody reads", () => {
    expect(lines(page).filter(([, , held]) => held?.startsWith("Not held")).length).toBeGreaterThan(
      5,
    );
    expect(page).toContain("Report a vulnerability");
    expect(page).not.toMatch(/\S+@\S+\.\w+/);
    expect(page).toContain("has not been reviewed by an outside cryptographer");
  });

  test("is named by the threat model, and names it", () => {
    expect(page).toContain("(threat-model.md)");
    expect(project.read("docs/threat-model.md")).toContain("(security.md)");
  });
});

describe("the reading itself", () => {
  const files: Files = {
    read: (path) => (path === "test/unit/a.test.ts" ? 'test("holds", () => {});' : undefined),
  };
  test.each([
    ["| a | b | [a](../test/unit/a.test.ts) “holds not” |", "has no"],
    ["| a | b | [b](../test/unit/b.test.ts) “holds” |", "there is no"],
    ["| a | b | surely |", "names no test"],
    ["| a | b | [a](../test/unit/a.test.ts) “holds”<br>and more |", "names no test"],
    ["| a | nothing | [a](../test/unit/a.test.ts) “holds” |", "nothing stands"],
  ])("%s is caught", (line, found) => {
    expect(findUnheld(line, files)).toEqual([expect.stringContaining(found)]);
  });

  test.each([
    "| a | b | [a](../test/unit/a.test.ts) “holds” |",
    "| a | nothing | Not held: nobody can |",
    "| what is tried | x | y |",
    "| --- | --- | --- |",
  ])("%s is not", (line) => {
    expect(findUnheld(line, files)).toEqual([]);
  });
});
