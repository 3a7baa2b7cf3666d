import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appSchemes, createAppResponder } from "../../electron/appProtocol.ts";
import { contentSecurityPolicy } from "../../shared/bridge/contentSecurityPolicy.ts";

const secret = "this file is outside";
let folder = "";
let ask: (url: string, method?: string) => Promise<Response>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "twofold-app-"));
  const root = join(folder, "renderer");
  await mkdir(join(root, "assets"), { recursive: true });
  await mkdir(join(folder, "renderer-twin"));
  await writeFile(join(root, "index.html"), "<!doctype html><title>Twofold</title>");
  await writeFile(join(root, "assets", "main-B_c-1.js"), "export {};");
  await writeFile(join(root, "assets", "read.woff2"), "font");
  await writeFile(join(root, "assets", "sodium.wasm"), "wasm");
  await writeFile(join(root, "assets", "notes.exe"), "never served");
  await writeFile(join(root, ".hidden.js"), secret);
  await writeFile(join(folder, "secret.json"), secret);
  await writeFile(join(folder, "renderer-twin", "secret.json"), secret);
  await symlink(join(folder, "secret.json"), join(root, "link.json"));
  await symlink(folder, join(root, "up"));
  await symlink(join(folder, "renderer-twin", "secret.json"), join(root, "twin.json"));
  await symlink(join(root, "assets", "main-B_c-1.js"), join(root, "inside.js"));
  const respond = createAppResponder(root);
  ask = (url, method = "GET") => respond({ url, method });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the app's own scheme", () => {
  test("is an origin of its own, and may not get round the content security policy", () => {
    expect(appSchemes).toEqual([
      { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
  });

  test.each([
    ["app://twofold/", "text/html; charset=utf-8"],
    ["app://twofold/index.html", "text/html; charset=utf-8"],
    ["app://twofold/index.html?x=1#/journal", "text/html; charset=utf-8"],
    ["app://twofold/assets/main-B_c-1.js", "text/javascript; charset=utf-8"],
    ["app://twofold/assets/read.woff2", "font/woff2"],
    ["app://twofold/assets/sodium.wasm", "application/wasm"],
    ["app://twofold/inside.js", "text/javascript; charset=utf-8"],
  ])("serves %s as %s", async (url, type) => {
    const answer = await ask(url);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Content-Type")).toBe(type);
  });

  test("answers HEAD without a body", async () => {
    const answer = await ask("app://twofold/index.html", "HEAD");
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe("");
  });

  test.each([
    "app://twofold/../secret.json",
    "app://twofold/assets/../../secret.json",
    "app://twofold/%2e%2e/secret.json",
    "app://twofold/%2E%2E/secret.json",
    "app://twofold/.%2e/secret.json",
    "app://twofold/..%2fsecret.json",
    "app://twofold/..%5csecret.json",
    "app://twofold/..\\secret.json",
    "app://twofold/%252e%252e%252fsecret.json",
    "app://twofold/%c0%ae%c0%ae/secret.json",
    "app://twofold/....//secret.json",
    "app://twofold//secret.json",
    "app://twofold///etc/hosts.txt",
    "app://twofold/up/secret.json",
    "app://twofold/link.json",
    "app://twofold/twin.json",
    "app://twofold/.hidden.js",
    "app://twofold/index.html%00.js",
    "app://twofold/index.html\0.js",
    "app://twofold/assets",
    "app://twofold/assets/",
    "app://twofold/assets/notes.exe",
    "app://twofold/main.js::$DATA",
    "app://twofold/C:/secret.json",
    "app://twofold/absent.js",
    "app://other/index.html",
    "app://twofold.example/index.html",
    "app://twofold:80/index.html",
    "app://someone@twofold/index.html",
    "app://TWOFOLD/index.html",
    "app:///index.html",
    "app:index.html",
    "http://twofold/index.html",
    "file:///etc/hosts.txt",
    "",
  ])("answers 404 and nothing of a file to %j", async (url) => {
    const answer = await ask(url);
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe("Nothing here.\n");
  });

  test.each(["POST", "PUT", "DELETE", "OPTIONS", "get"])("answers 404 to %s", async (method) => {
    expect((await ask("app://twofold/index.html", method)).status).toBe(404);
  });

  test("whatever is asked, nothing from outside the folder is given", async () => {
    const piece = fc.constantFrom(
      "..",
      "%2e",
      "%2f",
      "/",
      "\\",
      "up",
      "secret.json",
      ".",
      "\0",
      "%00",
      "~",
      "link.json",
      "renderer-twin",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
        const answer = await ask(`app://twofold/${pieces.join("")}`);
        expect(await answer.text()).not.toContain(secret);
      }),
      { numRuns: 300 },
    );
  });

  test("carries the policy and the other headers with every answer, refusals too", async () => {
    for (const url of ["app://twofold/", "app://twofold/absent.js"]) {
      const { headers } = await ask(url);
      expect(headers.get("Content-Security-Policy")).toBe(contentSecurityPolicy);
      expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
      expect(headers.get("Referrer-Policy")).toBe("no-referrer");
      expect(headers.get("Cross-Origin-Opener-Policy")).toBe("same-origin");
      expect(headers.get("Cross-Origin-Resource-Policy")).toBe("same-origin");
      expect(headers.get("Permissions-Policy")).toContain("geolocation=()");
    }
  });
});

describe("the content security policy", () => {
  const directives = new Map(
    contentSecurityPolicy.split("; ").map((line) => {
      const [name = "", ...sources] = line.split(" ");
      return [name, sources] as const;
    }),
  );

  test("starts from nothing and allows only what is listed", () => {
    expect(Object.fromEntries(directives)).toEqual({
      "default-src": ["'none'"],
      "script-src": ["'self'", "'wasm-unsafe-eval'"],
      "style-src": ["'self'"],
      "font-src": ["'self'"],
      "img-src": ["'self'", "blob:"],
      "worker-src": ["'self'"],
      "connect-src": ["'self'", "ws:", "wss:"],
      "base-uri": ["'none'"],
      "form-action": ["'none'"],
      "frame-ancestors": ["'none'"],
      "object-src": ["'none'"],
      "require-trusted-types-for": ["'script'"],
      "trusted-types": ["default", "twofold-pasted", "ProseMirrorClipboard"],
    });
  });

  test("never allows inline code, eval or a web host", () => {
    expect(contentSecurityPolicy).not.toMatch(/'unsafe-inline'|'unsafe-eval'|https?:|\*/);
  });
});
