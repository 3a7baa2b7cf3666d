import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { projectRoot } from "./rulesCheck.ts";

export type Started = {
  readonly child: ChildProcess;
  /** Everything it has printed so far. */
  readonly printed: () => string;
  /** Resolves with what was printed up to then; fails when it ends without it. */
  readonly says: (wanted: RegExp) => Promise<string>;
  /** The exit code and how long it took from now, in ms. */
  readonly ends: () => Promise<{ readonly code: number | null; readonly ms: number }>;
};

export type Surroundings = Readonly<Record<string, string>>;

/** Runs the real `scripts/start.mjs`, as `npm start` does. */
export const startTwofold = (words: readonly string[], env: Surroundings): Started =>
  startNode([join(projectRoot, "scripts/start.mjs"), ...words], env);

/** A script of the project, in its folder. */
export const startNode = (words: readonly string[], env: Surroundings): Started => {
  const child = spawn(process.execPath, [...words], {
    cwd: projectRoot,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  const listeners = new Set<() => void>();
  const hear = (chunk: Buffer): void => {
    text += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  const end = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    child,
    printed: () => text,
    says: (wanted) =>
      new Promise((resolve, fail) => {
        const look = (): void => {
          if (wanted.test(text)) resolve(text);
        };
        listeners.add(look);
        look();
        void end.then(() => fail(new Error(`it ended without saying ${wanted}: ${text}`)));
      }),
    ends: async () => {
      const begun = performance.now();
      const code = await end;
      return { code, ms: performance.now() - begun };
    },
  };
};

/** So many ports in a row that nobody uses at this moment; the first of them. */
export const findFreePorts = async (count: number): Promise<number> => {
  for (let tries = 0; tries < 50; tries++) {
    const first = 20_000 + Math.floor(Math.random() * 20_000);
    const free = await Promise.all(
      Array.from({ length: count }, (_, place) => isFree(first + place)),
    );
    if (!free.includes(false)) return first;
  }
  throw new Error("no free ports");
};

export const isFree = (port: number): Promise<boolean> =>
  new Promise((answer) => {
    const server = createServer();
    server.once("error", () => answer(false));
    server.listen({ port, host: "127.0.0.1" }, () => server.close(() => answer(true)));
  });
