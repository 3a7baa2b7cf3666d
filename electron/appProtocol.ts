import { readFile, realpath } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import type { CustomScheme } from "electron";
import { pageHeaders } from "../shared/bridge/contentSecurityPolicy.ts";
import { appOrigin, appScheme, originOf } from "./appOrigin.ts";

/** Registered before `ready`. Neither `bypassCSP` nor service workers nor extensions. */
export const appSchemes: CustomScheme[] = [
  { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
];

const mediaTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".txt": "text/plain; charset=utf-8",
  // Of the dictionaries.
  ".aff": "text/plain; charset=utf-8",
  ".dic": "text/plain; charset=utf-8",
};

// What the build writes needs no more than this. Percent signs, backslashes, colons, NUL and segments that begin
// with a dot do not match, so there is nothing to decode and no way to spell "..".
const plainPath = /^(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/;

/** Answers app://twofold/… from inside `root` and 404 to everything else. */
export const createAppResponder =
  (root: string) =>
  async ({ url, method }: { readonly url: string; readonly method: string }): Promise<Response> => {
    const path = method === "GET" || method === "HEAD" ? readPath(url) : undefined;
    const mediaType = path === undefined ? undefined : mediaTypes[extname(path)];
    if (path === undefined || mediaType === undefined) return notHere();
    const bytes = await readInside(root, path);
    if (bytes === undefined) return notHere();
    return new Response(method === "HEAD" ? null : new Uint8Array(bytes), {
      status: 200,
      headers: {
        ...pageHeaders,
        "Content-Type": mediaType,
        "Content-Length": String(bytes.length),
      },
    });
  };

const readPath = (url: string): string | undefined => {
  // Judged as it was written, not as a URL parser tidies it: "/../x" must not become "/x" and pass.
  if (originOf(url) !== appOrigin || !url.startsWith(`${appOrigin}/`)) return undefined;
  const path = url.slice(appOrigin.length).split(/[?#]/, 1)[0] ?? "";
  if (path === "/") return "/index.html";
  return plainPath.test(path) ? path : undefined;
};

const readInside = async (root: string, path: string): Promise<Buffer | undefined> => {
  try {
    const realRoot = await realpath(root);
    const real = await realpath(join(realRoot, path));
    return real.startsWith(realRoot + sep) ? await readFile(real) : undefined;
  } catch {
    return undefined;
  }
};

const notHere = (): Response =>
  new Response("Nothing here.\n", {
    status: 404,
    headers: { ...pageHeaders, "Content-Type": "text/plain; charset=utf-8" },
  });
