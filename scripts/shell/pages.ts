import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join, posix } from "node:path";
import { pageHeaders } from "../../shared/bridge/contentSecurityPolicy.ts";

/** The built pages by their path on the server. Held in memory: a rebuild under an open window takes nothing away. */
export type Pages = ReadonlyMap<string, Page>;

type Page = { readonly bytes: Uint8Array; readonly type: string; readonly tag: string };

export type PageRequest = {
  readonly method: string;
  readonly host: string | undefined;
  /** As it came, not yet decoded. */
  readonly target: string;
  readonly knownTag?: string | undefined;
};

export type PageAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
};

/** What the shell says of itself; with its answer where it was challenged (profileProof.ts). */
export type ShellFactsAnswer = (challenge: string | null) => unknown;

export const shellFactsPath = "/shell.json";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".aff": "text/plain; charset=utf-8",
  ".dic": "text/plain; charset=utf-8",
};

export const loadPages = (folder: string, under = "/"): Pages => {
  const pages = new Map<string, Page>();
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = posix.join(under, entry.name);
    if (entry.isDirectory()) {
      for (const [inner, page] of loadPages(join(folder, entry.name), path)) pages.set(inner, page);
    } else if (entry.isFile()) {
      const bytes = readFileSync(join(folder, entry.name));
      const type = types[extname(entry.name)] ?? "application/octet-stream";
      const tag = `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
      pages.set(path, { bytes, type, tag });
    }
  }
  return pages;
};

/**
 * Answers for exactly one host, `127.0.0.1:port`: a name that somebody points at this computer (DNS rebinding)
 * gets nothing. There is no path to traverse: what is not in `pages` by that very name is not there.
 */
export const answerPage = (
  request: PageRequest,
  host: string,
  pages: Pages,
  shellFacts: ShellFactsAnswer,
): PageAnswer => {
  if (request.host !== host) return refusal(421, "This address is not Twofold's.");
  if (request.method !== "GET" && request.method !== "HEAD")
    return refusal(405, "Twofold's pages can only be read.", { Allow: "GET, HEAD" });
  const [path = "", query = ""] = request.target.split("?", 2);
  if (path === shellFactsPath)
    return answer(
      200,
      types[".json"],
      "no-store",
      JSON.stringify(shellFacts(new URLSearchParams(query).get("challenge"))),
    );
  const page = pages.get(path === "/" ? "/index.html" : path);
  if (page === undefined) return refusal(404, "Nothing here.");
  // Hashed names never change their content; the page itself is asked for every time.
  const kept = path.startsWith("/assets/") ? "max-age=31536000, immutable" : "no-cache";
  const known = request.knownTag === page.tag;
  return answer(known ? 304 : 200, page.type, kept, known ? "" : page.bytes, { ETag: page.tag });
};

const refusal = (status: number, sentence: string, more: Readonly<Record<string, string>> = {}) =>
  answer(status, "text/plain; charset=utf-8", "no-store", `${sentence}\n`, more);

const answer = (
  status: number,
  type: string | undefined,
  kept: string,
  body: Uint8Array | string,
  more: Readonly<Record<string, string>> = {},
): PageAnswer => ({
  status,
  headers: {
    ...pageHeaders,
    ...more,
    "X-Frame-Options": "DENY",
    "Cache-Control": kept,
    ...(type === undefined ? {} : { "Content-Type": type }),
  },
  body,
});
