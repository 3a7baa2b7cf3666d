import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, posix } from "node:path";
import { describe, expect, test } from "vitest";
import { findForbiddenWords, findMachinePaths } from "../support/houseRules.ts";
import { projectRoot } from "../support/rulesCheck.ts";
import { anchorsOf, findLoose, readMentions, type Project } from "./docsReader.ts";

const read = (path: string): string => readFileSync(join(projectRoot, path), "utf8");

/** What is in the repository, or would be with the next commit. */
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: projectRoot,
  encoding: "utf8",
}).split("\n");

const documents = files.filter(
  (path) => path.endsWith(".md") && existsSync(join(projectRoot, path)),
);

const project: Project = {
  exists: (path) => existsSync(join(projectRoot, path)),
  read,
  fileNames: new Set(files.map((path) => posix.basename(path))),
  scripts: new Set(Object.keys((JSON.parse(read("package.json")) as { scripts: object }).scripts)),
};

describe("the documents", () => {
  test("those that a newcomer is sent to are there", () => {
    expect(documents).toEqual(
      expect.arrayContaining([
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "docs/between-two-homes.md",
        "docs/decisions.md",
        "docs/protocol.md",
        "docs/threat-model.md",
        "server/README.md",
        "shared/crypto/README.md",
      ]),
    );
  });

  test.each(documents)("every file, heading and script that %s names exists", (document) => {
    expect(findLoose(document, read(document), project)).toEqual([]);
  });

  test.each(documents)("%s holds no path of the machine it was written on", (document) => {
    expect(findMachinePaths(read(document), [homedir(), projectRoot])).toEqual([]);
  });

  test("the pictures of the README are those that the script makes", () => {
    const shown = readMentions("README.md", read("README.md"))
      .links.map(({ path }) => path)
      .filter((path) => path.endsWith(".png"));
    expect(shown.toSorted()).toEqual(
      [
        "first-run",
        "four-words",
        "journal-entry",
        "journal",
        "letter-closed",
        "question-dark",
        "question-light",
        "today",
      ].map((name) => `docs/screenshots/${name}.png`),
    );
  });
});

describe("what is told honestly", () => {
  test.each(["README.md", "docs/protocol.md", "docs/threat-model.md"])(
    "%s says that nobody outside has reviewed it",
    (document) => {
      expect(read(document)).toContain("has not been reviewed by an outside cryptographer");
    },
  );

  test("the README has none of the words that are never used", () => {
    expect(read("README.md").split("\n").flatMap(findForbiddenWords)).toEqual([]);
  });
});

describe("the protocol's page and the code", () => {
  const code = files
    .filter((path) => /^(shared|renderer|electron)\/.*\.tsx?$/.test(path))
    .filter(project.exists)
    .map(read)
    .join("\n");
  const page = read("docs/protocol.md");
  const labelsIn = (text: string): readonly string[] =>
    [
      ...new Set(
        [...text.matchAll(/["`](TF\/1 [a-z0-9]+(?: [a-z0-9]+)*)(?=["` ])/g)].map(
          ([, label = ""]) => label,
        ),
      ),
    ].toSorted();

  test("the page names every label that a key or id is made under, and no other", () => {
    expect(labelsIn(code).length).toBeGreaterThan(30);
    expect(labelsIn(page)).toEqual(labelsIn(code));
  });

  test("every code that the page names is one of the code's", () => {
    const named = [...page.matchAll(/`([A-Z]{3,}(?:_[A-Z]+)*)`/g)].map(([, name = ""]) => name);
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((name) => !code.includes(`"${name}"`))).toEqual([]);
  });
});

describe("buttons and places", () => {
  /** Quoted with straight quotes, or before an arrow: what a reader is told to look for on a screen. */
  const texts = files
    .filter(
      (path) => /^renderer\/i18n\/en\/.*\.json$/.test(path) && existsSync(join(projectRoot, path)),
    )
    .map(read)
    .join("\n")
    .replaceAll(/\{\{partner\}\}/gi, "…");
  const isOnScreen = (quoted: string): boolean =>
    texts.includes(`"${quoted.replaceAll(/\b(Alex|Sam)\b/g, "…")}"`);

  test.each(["README.md", "docs/between-two-homes.md"])(
    "what %s quotes from the screens is on the screens",
    (document) => {
      const quoted = [...read(document).matchAll(/(?<=[\s(])"([A-Z][^"\n]*)"/g)].map(
        ([, words = ""]) => words,
      );
      expect(quoted.length).toBeGreaterThan(1);
      expect(quoted.filter((words) => !isOnScreen(words))).toEqual([]);
    },
  );
});

describe("the reading itself", () => {
  const empty: Project = {
    exists: (path) => path === "docs/here.md",
    read: () => "## 11. What is *here*",
    fileNames: new Set(["here.ts"]),
    scripts: new Set(["start", "lint"]),
  };

  test.each([
    ["a link", "[x](../gone.ts)", "gone.ts"],
    ["a picture", "![x](screenshots/gone.png)", "docs/screenshots/gone.png"],
    ["a heading", "[x](here.md#not-here)", "docs/here.md#not-here"],
    ["a heading of its own", "[x](#gone)", "docs/here.md#gone"],
    ["a path in code", "`shared/gone.ts`", "shared/gone.ts"],
    ["a name in code", "`gone.ts`", "gone.ts"],
    ["a script", "```\nnpm run gone\n```", "npm run gone"],
  ])("%s that leads nowhere is caught", (_, text, found) => {
    expect(findLoose("docs/here.md", text, empty)).toEqual([found]);
  });

  test.each([
    "[x](here.md#11-what-is-here)",
    "[x](https://example.org/gone.ts)",
    "`here.ts` and `npm run lint`, `npm start -- --profile sam`",
    "`wss://…` and `H(…)[0..16]`",
  ])("%s is not", (text) => {
    expect(findLoose("docs/here.md", text, empty)).toEqual([]);
  });

  test("headings become anchors as they do on the rendered page", () => {
    expect(anchorsOf("# A partner at this computer\ntext\n### 4. When (or not)")).toEqual([
      "a-partner-at-this-computer",
      "4-when-or-not",
    ]);
  });
});
