import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "vite";

/** One TypeScript file with everything it imports, as the packaged app has it; answers the path of the result. */
export const bundleForNode = async (entry: string, format: "es" | "cjs"): Promise<string> => {
  const outDir = await mkdtemp(join(tmpdir(), "twofold-bundle-"));
  const file = format === "es" ? "bundle.mjs" : "bundle.cjs";
  await build({
    configFile: false,
    logLevel: "silent",
    root: resolve("."),
    ssr: { noExternal: true, external: ["electron"] },
    build: {
      ssr: entry,
      outDir,
      minify: false,
      rolldownOptions: { external: ["electron"], output: { format, entryFileNames: file } },
    },
  });
  return join(outDir, file);
};
