import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, chromium } from "playwright-core";
import { build } from "vite";
import { findBrowser } from "../../scripts/start/browsers.mjs";
import { asShipped } from "./asShipped.ts";

/** The installed Chromium (or Chrome, or Edge) without a window. `npm test` installs one where none is. */
export const launchChromium = async (more: readonly string[] = []): Promise<Browser> => {
  const found = findBrowser();
  if (found === undefined)
    throw new Error("These tests need Chromium, Chrome or Edge: install one, or run `npm test`.");
  return chromium.launch({
    executablePath: found.path,
    args: [
      // Two contexts of one browser find each other without multicast DNS.
      "--disable-features=WebRtcHideLocalIpsWithMdns",
      "--disable-background-networking",
      "--disable-component-update",
      ...more,
    ],
  });
};

export type ModulePage = {
  readonly origin: string;
  readonly close: () => Promise<void>;
};

/**
 * Serves an empty page that runs one TypeScript module, bundled for a browser: the module puts what
 * a test calls on `globalThis`. Workers made with `new Worker(new URL(…))` are bundled too.
 * @param entry absolute path of the module
 */
export const serveModule = async (entry: string): Promise<ModulePage> => {
  const files = await bundle(entry);
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const file = files.get(path);
    response.writeHead(file === undefined ? 404 : 200, {
      "content-type": path === "/" ? "text/html" : "text/javascript",
    });
    response.end(file);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
};

const bundle = async (entry: string): Promise<Map<string, string | Uint8Array>> => {
  const built = await asShipped(() =>
    build({
      configFile: false,
      logLevel: "error",
      publicDir: false,
      base: "/",
      worker: { format: "es" },
      build: {
        write: false,
        minify: false,
        target: "esnext",
        assetsInlineLimit: 0,
        modulePreload: false,
        rolldownOptions: {
          input: { entry },
          preserveEntrySignatures: false,
          output: { entryFileNames: "entry.js" },
        },
      },
    }),
  );
  const files = new Map<string, string | Uint8Array>([
    ["/", `<!doctype html><script type="module" src="/entry.js"></script>`],
  ]);
  for (const part of [built].flat()) {
    if (!("output" in part)) throw new Error("a watcher instead of a build");
    for (const file of part.output)
      files.set(`/${file.fileName}`, file.type === "chunk" ? file.code : file.source);
  }
  return files;
};
