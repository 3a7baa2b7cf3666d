import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, createBuilder } from "vite";

export type Bundle = { readonly main: string; readonly remove: () => Promise<void> };

/** `dist/server/main.js` as the build makes it, in a folder of its own: nothing of node_modules is near. */
export const bundleServer = async (): Promise<Bundle> => {
  const folder = await mkdtemp(join(tmpdir(), "twofold-server-"));
  const builder = await createBuilder({
    configFile: join(import.meta.dirname, "..", "..", "vite.config.ts"),
    logLevel: "error",
    environments: { server: { build: { outDir: folder } } },
  });
  const { server } = builder.environments;
  if (server === undefined) throw new Error("vite.config.ts builds no server");
  await builder.build(server);
  return {
    main: join(folder, "main.js"),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};

/** A program of our own for another process, as one file for Node. */
export const bundleProgram = async (entry: string): Promise<Bundle> => {
  const folder = await mkdtemp(join(tmpdir(), "twofold-program-"));
  await build({
    configFile: false,
    logLevel: "error",
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir: folder,
      rolldownOptions: {
        external: [/^node:/, "bufferutil", "utf-8-validate"],
        output: { format: "es", entryFileNames: "main.mjs" },
      },
    },
  });
  return {
    main: join(folder, "main.mjs"),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};

export type ServerProcess = {
  readonly child: ChildProcess;
  /** Everything written so far. */
  readonly said: () => string;
  /** `ws://…`, once it listens; undefined when it ended instead. */
  readonly address: Promise<string | undefined>;
  readonly ended: Promise<number | null>;
};

export const spawnServer = (
  main: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ServerProcess => {
  const child = spawn(process.execPath, [main, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  let said = "";
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const address = new Promise<string | undefined>((resolve) => {
    const take = (data: Buffer) => {
      said += data.toString();
      const [found] = /ws:\/\/[\d.:]*\d/.exec(said) ?? [];
      if (found !== undefined) resolve(found);
    };
    child.stdout?.on("data", take);
    child.stderr?.on("data", take);
    void ended.then(() => resolve(undefined));
  });
  return { child, said: () => said, address, ended };
};
