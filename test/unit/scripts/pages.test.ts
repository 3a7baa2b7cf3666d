import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contentSecurityPolicy } from "../../../shared/bridge/contentSecurityPolicy.ts";
import {
  answerPage,
  loadPages,
  type PageRequest,
  type Pages,
} from "../../../scripts/shell/pages.ts";

const host = "127.0.0.1:47100";
let folder: string;
let pages: Pages;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "twofold-pages-"));
  mkdirSync(join(folder, "dist", "assets"), { recursive: true });
  writeFileSync(join(folder, "secret.txt"), "secret");
  writeFileSync(join(folder, "dist", "index.html"), "<p>Twofold</p>");
  writeFileSync(join(folder, "dist", "assets", "main-abc.js"), "1");
  // Windows lets only administrators make links.
  if (process.platform !== "win32")
    symlinkSync(join(folder, "secret.txt"), join(folder, "dist", "link.txt"));
  pages = loadPages(join(folder, "dist"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const ask = (changes: Partial<PageRequest>) =>
  answerPage({ method: "GET", host, target: "/", ...changes }, host, pages, () => ({ a: 1 }));

test("the page comes for exactly this address", () => {
  const { status, headers, body } = ask({});
  expect(status).toBe(200);
  expect(headers["Content-Type"]).toBe("text/html; charset=utf-8");
  expect(Buffer.from(body).toString()).toBe("<p>Twofold</p>");
});

test.each(["localhost:47100", "127.0.0.1", "evil.example:47100", "127.0.0.1:47101", "", undefined])(
  "asked as %j, it says nothing about itself",
  (other) => {
    const { status, body } = ask({ host: other, target: "/shell.json" });
    expect(status).toBe(421);
    expect(body).not.toContain(`"a"`);
  },
);

test.each([
  "/../secret.txt",
  "/assets/../../secret.txt",
  "/%2e%2e/secret.txt",
  "/..%2fsecret.txt",
  "/..\\secret.txt",
  "//secret.txt",
  "/link.txt",
  "/assets",
  "/assets/",
  "/index.html/",
  "/\0",
  "http://127.0.0.1:47100/",
  "",
  "*",
])("there is nothing at %j", (target) => {
  expect(ask({ target }).status).toBe(404);
});

test.each(["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get"])("%s is refused", (method) => {
  expect(ask({ method })).toMatchObject({ status: 405, headers: { Allow: "GET, HEAD" } });
});

describe("every answer, the refusals included, carries the policy", () => {
  test.each<Partial<PageRequest>>([
    {},
    { target: "/shell.json" },
    { target: "/nothing" },
    { host: "evil.example" },
    { method: "POST" },
  ])("%j", (request) => {
    expect(ask(request).headers).toMatchObject({
      "Content-Security-Policy": contentSecurityPolicy,
      "X-Content-Type-Options": "nosniff",
      "X-Frame-Options": "DENY",
    });
  });
});

test("the facts of the shell are never kept by the browser", () => {
  const { headers, body } = ask({ target: "/shell.json" });
  expect(headers["Cache-Control"]).toBe("no-store");
  expect(body).toBe(`{"a":1}`);
});

test("hashed files are kept for good, the page is asked for again each time", () => {
  expect(ask({ target: "/assets/main-abc.js" }).headers["Cache-Control"]).toContain("immutable");
  const first = ask({});
  expect(first.headers["Cache-Control"]).toBe("no-cache");
  expect(ask({ knownTag: first.headers["ETag"] })).toMatchObject({ status: 304, body: "" });
});

test("a question mark behind the page changes nothing", () => {
  expect(ask({ target: "/?x=1" }).status).toBe(200);
});
