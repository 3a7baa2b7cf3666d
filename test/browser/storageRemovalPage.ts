import { openStores } from "../../renderer/storage/stores.ts";
import type { StorageReport } from "../../renderer/storage/storageReport.ts";
import { toBase64Url } from "../../shared/base/bytes.ts";
import { newId, type PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { storesContract } from "../contract/stores.suite.ts";
import { bytesOn, entryOf, excerptOf, newPage, openKept } from "../unit/keptKit.ts";
import {
  createTwoLedgers,
  envelopesAt,
  headsOf,
  linesOfPage,
  must,
  wordsOf,
  writePage,
} from "../unit/redactionKit.ts";

const reports: StorageReport[] = [];
const storesOf = (prefix: string) =>
  openStores({ prefix, carried: "couple", report: (report) => reports.push(report) });

/** Every case of the contract on this browser's own IndexedDB. What went wrong, by its name. */
const keepContract = async (): Promise<readonly string[]> => {
  let profiles = 0;
  const make = async () => {
    const prefix = `contract ${profiles++}`;
    return { stores: storesOf(prefix), restart: async () => storesOf(prefix) };
  };
  const wrong: string[] = [];
  for (const { name, run } of storesContract(make))
    await run().catch((error: unknown) => wrong.push(`${name}: ${String(error)}`));
  return wrong;
};

/** Ben writes two pages and withdraws one; Ada has read both by then. Both keep their journals in this browser. */
const tell = async () => {
  await loadSodium();
  const { couple, open } = createTwoLedgers("browser");
  const [stays, gone] = [newId<PageId>(couple.random), newId<PageId>(couple.random)];
  let ben = await open("ben", storesOf("ben").carried);
  let ada = await open("ada", storesOf("ada").carried);
  await writePage(ben.ledger, couple.bens, stays, ["stays 1", "stays 2"]);
  await writePage(ben.ledger, couple.bens, gone, ["gone 1", new Uint8Array(300_000).fill(7)]);
  const envelopes = await envelopesAt(ben.ledger, couple.bens);
  must(await ada.ledger.receive(envelopes));
  /** 48 random bytes out of the middle of each: a nonce's end and the ciphertext after it. */
  const canaryOf = (envelope: Uint8Array) => toBase64Url(envelope.subarray(50, 98));
  const read = async ({ ledger }: typeof ben) => ({
    heads: headsOf(ledger),
    stays: await wordsOf(ledger, couple.bens, couple.ben, stays),
    gone: await wordsOf(ledger, couple.bens, couple.ben, gone),
  });
  return {
    canaries: () => ({
      stays: envelopes.slice(0, 2).map(canaryOf),
      gone: envelopes.slice(2).map(canaryOf),
    }),
    withdraw: async () => {
      must(await ben.ledger.redact(linesOfPage(ben.ledger, couple.bens, couple.ben, gone)));
      must(await ada.ledger.receive(await envelopesAt(ben.ledger, couple.bens, 4)));
    },
    writeOn: () => writePage(ben.ledger, couple.bens, stays, ["stays 3"]),
    reopen: async (anew: boolean) => {
      await ben.ledger.close();
      await ada.ledger.close();
      if (anew) for (const who of ["ben", "ada"]) must(await storesOf(who).carried.cache.clear());
      ben = await open("ben", storesOf("ben").carried);
      ada = await open("ada", storesOf("ada").carried);
    },
    read: async () => [await read(ben), await read(ada)],
    reports: () => reports,
  };
};

/** Drafts and my room of one person: a page that stays, and one that is deleted for good. */
const keepDrafts = async (bytes: number, count: number) => {
  await loadSodium();
  const prefix = "cleo";
  let { shelf } = await openKept(storesOf(prefix).kept);
  const [stays, gone] = [newPage(), newPage()];
  const keysOf = async () => [...(await bytesOn(storesOf(prefix).kept))];
  const pages = Array.from({ length: count }, newPage);
  const began = performance.now();
  must(await shelf.writeAll(pages.flatMap((each) => entryOf(each, "words ".repeat(bytes / 6)))));
  const ms = performance.now() - began;
  must(await shelf.writeAll(entryOf(stays, "stays", 2)));
  await shelf.close();
  const before = new Set((await keysOf()).map(([key]) => key));
  ({ shelf } = await openKept(storesOf(prefix).kept));
  must(await shelf.writeAll(entryOf(gone, "gone for good", 3)));
  await shelf.close();
  const envelopes = (await keysOf()).filter(([key]) => !before.has(key) && !key.includes(" "));
  ({ shelf } = await openKept(storesOf(prefix).kept));
  return {
    ms,
    canaries: () => envelopes.map(([, envelope]) => toBase64Url(envelope.subarray(50, 98))),
    destroy: async () => {
      const from = performance.now();
      must(await shelf.destroy(gone));
      return performance.now() - from;
    },
    reopen: async (anew: boolean) => {
      await shelf.close();
      if (anew) must(await storesOf(prefix).kept.cache.clear());
      const opened = await openKept(storesOf(prefix).kept);
      shelf = opened.shelf;
      must(await shelf.writeAll(entryOf(newPage(), "goes on")));
      const { troubles } = opened;
      return { stays: excerptOf(shelf, stays), gone: excerptOf(shelf, gone), troubles };
    },
  };
};

let told: Awaited<ReturnType<typeof tell>> | undefined;
let drafts: Awaited<ReturnType<typeof keepDrafts>> | undefined;

const page = {
  keepContract,
  begin: async () => {
    told = await tell();
  },
  keepDrafts: async (bytes: number, count: number) => {
    drafts = await keepDrafts(bytes, count);
    return drafts.ms;
  },
  drafts: () => {
    if (drafts === undefined) throw new Error("not begun");
    return drafts;
  },
  story: () => {
    if (told === undefined) throw new Error("not begun");
    return told;
  },
};

export type RemovalPage = typeof page;

Object.assign(globalThis, { removal: page });
