import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { languages } from "../../renderer/i18n/languages.ts";

const renderer = resolve(import.meta.dirname, "../../dist/renderer");

/** What index.html cannot run without: its scripts, and what they import before anything else happens. */
const firstScripts = (): ReadonlyMap<string, string> => {
  const page = readFileSync(join(renderer, "index.html"), "utf8");
  const found = new Map<string, string>();
  const take = (path: string): void => {
    if (found.has(path)) return;
    const text = readFileSync(path, "utf8");
    found.set(path, text);
    for (const [, from = ""] of text.matchAll(/\b(?:from|import)\s*["'`](\.[^"'`]+\.js)["'`]/g))
      take(join(dirname(path), from));
  };
  for (const [, from = ""] of page.matchAll(/(?:src|href)="([^"]+\.js)"/g))
    take(join(renderer, from));
  return found;
};

test("whoever opens Twofold waits for at most 350 KB of it, and for nothing that only an open journal needs", () => {
  expect(existsSync(renderer), "npm run build comes first").toBe(true);
  const first = firstScripts();
  const words = readdirSync(join(renderer, "assets"))
    .filter((name) => /^tables-.*\.js$/.test(name))
    .map((name) => readFileSync(join(renderer, "assets", name), "utf8"));
  // Nothing is shown without its words: those of the language that has most of them, and English, come first too.
  expect(words.length).toBe(languages.length);
  const wordSizes = words.map((text) => gzipSync(text).length);
  const sizes = [...first.values()].map((text) => gzipSync(text).length);
  // The page's own script, and what it imports: a walk that lost its way would find nothing too large.
  expect(first.size).toBeGreaterThan(3);
  expect([...sizes, ...wordSizes].reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(
    350_000,
  );
  const all = [...first.values()].join("\n");
  // The unlock screen is in it …
  expect(all).toContain("twofold-tries");
  const others = readdirSync(join(renderer, "assets"))
    .filter((name) => name.endsWith(".js") && !first.has(join(renderer, "assets", name)))
    .map((name) => readFileSync(join(renderer, "assets", name), "utf8"))
    .join("\n");
  // … and the editor, the timeline's drawing and libsodium are elsewhere. Words that each of them is known by.
  for (const word of ["ProseMirror", "thread-table", "crypto_secretstream_xchacha20poly1305"]) {
    expect(others).toContain(word);
    expect(all).not.toContain(word);
  }
});
