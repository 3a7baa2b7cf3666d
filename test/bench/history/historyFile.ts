import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { concatBytes, u32, utf8 } from "../../../shared/base/bytes.ts";
import { cacheSections } from "../../../shared/ledger/stores.ts";
import { must } from "../../support/twoPartners.ts";
import { buildHistory, type BuildOptions, type History } from "./build.ts";

/** Histories are kept here from one run to the next; anything in it may be deleted at any time. */
export const benchFolder = process.env["BENCH_FOLDER"] ?? join(tmpdir(), "twofold-bench");

/** Another number makes everything anew: whoever changes what a history holds counts on. */
const made = 5;

/** The file of a history, built where there is none yet. */
export const historyFile = async (years: number, options: BuildOptions = {}): Promise<string> => {
  const span = options.days === undefined ? `${years}y` : `${options.days}d`;
  const path = join(benchFolder, `history-${made}-${span}-${options.seed ?? 11}.bin`);
  if (existsSync(path)) return path;
  mkdirSync(benchFolder, { recursive: true });
  const history = await buildHistory(years, options);
  const file = openSync(`${path}.part`, "w");
  await pack(history, (bytes) => writeSync(file, bytes));
  closeSync(file);
  renameSync(`${path}.part`, path);
  return path;
};

/**
 * Records, one after the other: `u32 ‖ head as JSON ‖ u32 ‖ bytes`. The first says what the history is. What fills an
 * IndexedDB with them is in load.page.ts.
 */
const pack = async (history: History, write: (bytes: Uint8Array) => void): Promise<void> => {
  const add = (head: PackedHead, bytes: Uint8Array = new Uint8Array()): void => {
    const written = utf8(JSON.stringify(head));
    write(concatBytes(u32(written.length), written, u32(bytes.length), bytes));
  };
  const { years, passphrase, carried, clearBytes } = history;
  add({ is: "history", years, passphrase, carried, clearBytes });
  for (const [name, bytes] of history.files) add({ is: "file", name }, bytes);
  const stores = history.disk.start();
  for (const ledger of ["kept", "carried"] as const) {
    const { volumes, cache } = stores[ledger];
    for (const number of must(await volumes.list())) {
      const volume = must(await volumes.open(number));
      for (const key of volume.keys()) {
        const own = volume.ownMark(key);
        const mark = own === undefined ? undefined : Buffer.from(own).toString("hex");
        add({ is: "envelope", ledger, number, key, mark }, volume.get(key));
      }
    }
    for (const section of cacheSections)
      for (const [key, value] of must(await cache.readAll(section)))
        add({ is: "cache", ledger, section, key }, value);
  }
};

export type PackedHead =
  | {
      readonly is: "history";
      readonly years: number;
      readonly passphrase: string;
      readonly carried: string;
      readonly clearBytes: number;
    }
  | { readonly is: "file"; readonly name: string }
  | {
      readonly is: "envelope";
      readonly ledger: "kept" | "carried";
      readonly number: number;
      readonly key: string;
      readonly mark: string | undefined;
    }
  | {
      readonly is: "cache";
      readonly ledger: "kept" | "carried";
      readonly section: (typeof cacheSections)[number];
      readonly key: string;
    };
