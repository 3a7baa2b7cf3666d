import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type EnvironmentOptions, type ViteBuilder } from "vite";
import { createLicences } from "./scripts/licences/collect.mjs";

const root = import.meta.dirname;
const at = (path: string): string => resolve(root, path);

type NodePart = {
  readonly entry: string;
  readonly outDir: string;
  readonly file: string;
  readonly format: "es" | "cjs";
  readonly external: readonly string[];
};

/** What runs in Node or Electron: one file each, everything from npm bundled in, so that dist runs without node_modules. */
const nodeParts: Readonly<Record<string, NodePart>> = {
  main: {
    entry: "electron/main.ts",
    outDir: "dist/electron",
    file: "main.js",
    format: "es",
    external: ["electron"],
  },
  // Sandboxed preloads cannot be ES modules.
  preload: {
    entry: "electron/preload.ts",
    outDir: "dist/electron",
    file: "preload.cjs",
    format: "cjs",
    external: ["electron"],
  },
  server: {
    entry: "server/main.ts",
    outDir: "dist/server",
    file: "main.js",
    format: "es",
    external: [],
  },
  shell: {
    entry: "scripts/shell/main.ts",
    outDir: "dist/shell",
    file: "main.js",
    format: "es",
    external: [],
  },
};

const nodeEnvironment = (part: NodePart): EnvironmentOptions => ({
  consumer: "server",
  resolve: { noExternal: true, external: [...part.external] },
  build: {
    outDir: at(part.outDir),
    emptyOutDir: false,
    copyPublicDir: false,
    target: "node20",
    minify: false,
    rolldownOptions: {
      input: at(part.entry),
      // ws asks for these two where they happen to be installed; it does well without.
      external: [...part.external, /^node:/, "bufferutil", "utf-8-validate"],
      output: {
        format: part.format,
        entryFileNames: part.file,
        codeSplitting: false,
      },
    },
  },
});

/** Of what is packed: renderer/about/ shows them. The server and the browser shell are run from here, and not packed. */
const licences = createLicences({
  spareTexts: at("build/licences"),
  parts: ["client", "main", "preload"],
});

const browsers = ["chrome123", "firefox128", "safari17.5"];

const buildApp = async (builder: ViteBuilder): Promise<void> => {
  rmSync(at("dist"), { recursive: true, force: true });
  mkdirSync(at("dist"));
  for (const environment of Object.values(builder.environments)) await builder.build(environment);
  licences.write(at("dist/renderer/licences.json"));
  // Newer than every source it was made of: `npm start` compares (scripts/start/freshness.mjs).
  writeFileSync(at("dist/built"), "");
};

export default defineConfig({
  root: at("renderer"),
  base: "./",
  plugins: [react(), licences.plugin()],
  worker: { format: "es", plugins: () => [licences.plugin()] },
  environments: {
    client: {
      build: {
        outDir: at("dist/renderer"),
        emptyOutDir: false,
        target: browsers,
        cssTarget: browsers,
        // The content security policy allows no data: fonts and no inline scripts.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        // The editor and libsodium are big by nature; both come in chunks of their own.
        chunkSizeWarningLimit: 2_000,
        rolldownOptions: { input: at("renderer/index.html") },
      },
    },
    ...Object.fromEntries(
      Object.entries(nodeParts).map(([name, part]) => [name, nodeEnvironment(part)]),
    ),
  },
  // One configuration for all of them: each notes its packages in the same list.
  builder: { sharedConfigBuild: true, buildApp },
});
