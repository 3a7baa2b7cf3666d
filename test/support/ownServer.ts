import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as Y from "yjs";
import { decodeBoxFile } from "../../server/mailbox/boxFile.ts";
import { airlockMap } from "../../shared/carry/carrier.ts";
import { findFreePorts, type Started, startNode } from "./startProcess.ts";

/** `npm run server` in a process of its own, as a friend would run it for the two. */
export type OwnServer = {
  readonly address: string;
  readonly start: () => Promise<void>;
  /** As if the power went. */
  readonly kill: () => Promise<void>;
  readonly end: () => Promise<void>;
  /** Everything that lies in its folder. */
  readonly files: () => readonly { readonly path: string; readonly bytes: Buffer }[];
  /** The keys of the envelopes that wait there. */
  readonly waiting: () => readonly string[];
  readonly printed: () => string;
};

export const openOwnServer = async (): Promise<OwnServer> => {
  const folder = mkdtempSync(join(tmpdir(), "twofold-server-"));
  const port = await findFreePorts(1);
  const runs: Started[] = [];
  const stopWith = async (signal: "SIGTERM" | "SIGKILL"): Promise<void> => {
    runs.at(-1)?.child.kill(signal);
    await runs.at(-1)?.ends();
  };
  const start = async (): Promise<void> => {
    const started = startNode(
      ["scripts/server.mjs", "--port", String(port), "--mailbox", folder],
      {},
    );
    runs.push(started);
    await started.says(/serves as a mailbox/);
  };
  const files: OwnServer["files"] = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return { path: path.slice(folder.length), bytes: readFileSync(path) };
      });
  await start();
  return {
    address: `ws://127.0.0.1:${port}`,
    start,
    kill: () => stopWith("SIGKILL"),
    end: async () => {
      await stopWith("SIGTERM");
      rmSync(folder, { recursive: true, force: true });
    },
    files,
    waiting: () =>
      files().flatMap(({ bytes }) => {
        const doc = new Y.Doc();
        const state = decodeBoxFile(bytes);
        if (state !== undefined) Y.applyUpdate(doc, state);
        return [...doc.getMap(airlockMap).keys()];
      }),
    printed: () => runs.map(({ printed }) => printed()).join("\n"),
  };
};
