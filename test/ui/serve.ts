import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import react from "@vitejs/plugin-react";
import { build } from "vite";
import { asShipped } from "../support/asShipped.ts";
import { pageHeaders } from "../../shared/bridge/contentSecurityPolicy.ts";

export type ServedScreens = { readonly origin: string; readonly close: () => Promise<void> };

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** Where the screens lie built, for the tests of one run: they are many, and building takes its time. */
export const builtScreens = "TWOFOLD_BUILT_SCREENS";

/** The editor alone on a page; it brings styles of its own, which the product's headers would refuse. */
export const writingPath = "/writing.html";
/** A page with nothing on it, of the same origin. */
export const emptyPath = "/empty.html";

const { "Content-Security-Policy": _, ...headersWithoutPolicy } = pageHeaders;

export const buildScreens = async (): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), "twofold-ui-"));
  await asShipped(() =>
    build({
      configFile: false,
      root: import.meta.dirname,
      logLevel: "error",
      base: "/",
      plugins: [react()],
      build: {
        outDir: folder,
        emptyOutDir: true,
        minify: false,
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        target: "esnext",
        rolldownOptions: {
          input: ["index.html", "writing.html"].map((name) => join(import.meta.dirname, name)),
        },
      },
    }),
  );
  return folder;
};

/** The real screens over the fake journal, served under the product's own headers. */
export const serveScreens = async (): Promise<ServedScreens> => {
  const built = process.env[builtScreens];
  const folder = built ?? (await buildScreens());
  const files = new Map<string, Uint8Array>([[emptyPath, new Uint8Array()]]);
  const read = (name: string): Uint8Array => {
    const bytes = files.get(name) ?? readFileSync(join(folder, name));
    files.set(name, bytes);
    return bytes;
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const name = path === "/" ? "/index.html" : path;
    try {
      const bytes = read(name);
      response.writeHead(200, {
        ...(name === writingPath ? headersWithoutPolicy : pageHeaders),
        // Whatever has a hash in its name is fetched and compiled once for all pages of a context.
        ...(name.startsWith("/assets/") ? { "cache-control": "max-age=31536000, immutable" } : {}),
        "content-type": types[extname(name)] ?? "",
      });
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      if (built === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
};
