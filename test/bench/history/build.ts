import { argon2id } from "../../../shared/crypto/argon2id.ts";
import { idFrom, newId, noPage, type PageId } from "../../../shared/base/ids.ts";
import { utf8 } from "../../../shared/base/bytes.ts";
import type { SafeFileName } from "../../../shared/bridge/bridge.ts";
import { loadSodium } from "../../../shared/crypto/sodium.ts";
import { encodeAck } from "../../../shared/envelope/ack.ts";
import { storesOf } from "../../../shared/journal/coupleStores.ts";
import { openMarks } from "../../../shared/journal/pages/marks.ts";
import { toldByFile } from "../../../shared/journal/room/roomMade.ts";
import { firstSettings, writeSettings } from "../../../shared/journal/settings.ts";
import { openSharedShelf, type SharedShelf } from "../../../shared/journal/sharedShelf.ts";
import { openKeptShelf } from "../../../shared/page/keptShelf.ts";
import type { PageStart } from "../../../shared/page/pageDoc.ts";
import type { ShelfWrite } from "../../../shared/page/shelf.ts";
import { dayAt } from "../../../shared/page/day.ts";
import { writeKeyringContent } from "../../../shared/people/keyringContent.ts";
import { costFloor } from "../../../shared/vault/header.ts";
import { sealKeyring } from "../../../shared/vault/keyring.ts";
import { newMasterKey, subKey } from "../../../shared/vault/masterKey.ts";
import { sealUnopenableVault, sealVault } from "../../../shared/vault/vaultFile.ts";
import { createManualClock, type ManualClock } from "../../support/manualClock.ts";
import { createMemoryDisk, type MemoryDisk } from "../../support/memoryStores.ts";
import { seededRandom } from "../../support/seededRandom.ts";
import { must } from "../../support/twoPartners.ts";
import { makeCouple, type Side } from "./couple.ts";
import { createPen, type Pen, type Said } from "./words.ts";

/** One partner's disk after so many years of two people, with what opens it. */
export type History = {
  readonly years: number;
  readonly passphrase: string;
  readonly files: ReadonlyMap<SafeFileName, Uint8Array>;
  readonly disk: MemoryDisk;
  /** The name of the carried ledger's databases. */
  readonly carried: string;
  /** Bytes of Yjs in the clear that the envelopes hold: what plain Yjs would have written. */
  readonly clearBytes: number;
};

export const passphrase = "four calm words here";
const dayMs = 86_400_000;
/** The last day of every history: all of them end on the same one. */
const lastDay = Date.UTC(2026, 9, 31, 18);

/**
 * What two people write in a year, told day by day from a seed: an entry of one's own in many pauses, how each is, what
 * they share, ask and answer, thanks and promises. All of it is sealed, sent, admitted and cached by the app's own
 * modules; only the disk is in memory.
 */
export const buildHistory = async (
  years: number,
  { seed = 11, days = years * 365, tell = () => {} }: BuildOptions = {},
): Promise<History> => {
  await loadSodium();
  const random = seededRandom(seed);
  const couple = makeCouple(random);
  const clock = createManualClock(lastDay - days * dayMs);
  const annasDisk = createMemoryDisk();
  const masterKey = newMasterKey(random);
  const onTrouble = (code: string): void => {
    throw new Error(code);
  };
  const shelfOf = async (side: Side, disk: MemoryDisk, key: Uint8Array): Promise<SharedShelf> =>
    must(
      await openSharedShelf({
        couple: side.couple,
        keys: side.keys,
        me: side.certificate.device,
        masterKey: key,
        stores: disk.start().carried,
        ...{ clock, random, onTrouble },
        onAdmitted: () => {},
        onWritten: () => {},
      }),
    );
  const anna = await shelfOf(couple.anna, annasDisk, masterKey);
  const sam = await shelfOf(couple.sam, createMemoryDisk(), random(32));
  const kept = must(
    await openKeptShelf({
      rootKey: subKey(masterKey, "TF/1 drafts"),
      stores: annasDisk.start().kept,
      ...{ clock, random, onTrouble },
    }),
  );
  const marksPage = idFrom<PageId>(subKey(masterKey, "TF/1 marks page").subarray(0, 16));
  const marks = must(await openMarks(kept, marksPage, random));
  const pen = createPen(seed, random);
  let clearBytes = 0;
  const put = async (
    shelf: { readonly writeAll: SharedShelf["writeAll"] },
    pages: readonly (readonly [PageId, Said])[],
  ): Promise<void> => {
    const writes = pages.flatMap(([page, said]) =>
      said.map((body, at): ShelfWrite => ({ page, act: at === 0 ? "begin" : "change", body })),
    );
    for (const { body } of writes) clearBytes += body.length;
    must(await shelf.writeAll(writes));
  };

  const sent = { anna: createLane(anna, sam), sam: createLane(sam, anna) };
  for (let day = 0; day < days; day++) {
    const told = tellDay(day, pen, clock, () => newId<PageId>(random));
    await put(kept, told.alone);
    await put(anna, told.anna);
    await put(sam, told.sam);
    // What is sent was a draft before, in many pauses; its words are off the disk since.
    const drafts = told.drafts.map((said) => [newId<PageId>(random), said] as const);
    await put(kept, drafts);
    for (const [, said] of drafts) for (const body of said) clearBytes -= body.length;
    must(
      await kept.writeAll(
        drafts.map(([page]) => ({ page, act: "remove", body: new Uint8Array() })),
      ),
    );
    await sent.sam();
    await ack(anna, clock);
    await sent.anna();
    await ack(sam, clock);
    for (const page of told.opens) must(await marks.open(page));
    if (day % 30 === 29 || day === days - 1) {
      const last = drafts[0]?.[0];
      if (last !== undefined) must(await kept.destroy(last));
      tell(`day ${day + 1} of ${days}`);
    }
    clock.advance(dayMs);
  }
  await anna.close();
  await sam.close();
  await kept.close();
  const carried = storesOf(couple.anna.couple);
  const vault = must(
    await sealVault(
      {
        derive: async ({ salt, ops, memKiB, passphrase: words }) =>
          argon2id(utf8(words), salt, ops, memKiB),
        random,
        deviceSecret: new Uint8Array(32),
      },
      { masterKey, passphrase, cost: costFloor },
    ),
  );
  const keyring = writeKeyringContent({
    name: "Anna",
    role: "hurt",
    keys: couple.anna.keys,
    settings: { ...writeSettings({ ...firstSettings, lockAfterMinutes: 60 }), ...toldByFile },
    couple: couple.anna.couple,
  });
  return {
    years,
    passphrase,
    disk: annasDisk,
    carried,
    clearBytes,
    files: new Map<SafeFileName, Uint8Array>([
      ["vault", vault],
      ["keyring", sealKeyring(masterKey, keyring, random)],
      ["room-vault", sealUnopenableVault(masterKey, costFloor, random)],
    ]),
  };
};

export type BuildOptions = {
  readonly seed?: number;
  /** Fewer than the years have, for a short look. */
  readonly days?: number;
  readonly tell?: (progress: string) => void;
};

type Page = readonly [PageId, Said];

type Day = {
  /** Entries of Anna's that nobody else has. */
  readonly alone: readonly Page[];
  readonly anna: readonly Page[];
  readonly sam: readonly Page[];
  /** What Anna had written before she sent it. */
  readonly drafts: readonly Said[];
  /** Closed pages of Sam's that she opens. */
  readonly opens: readonly PageId[];
};

/** Six pages a day and forty envelopes, more on some days. */
const tellDay = (day: number, pen: Pen, clock: ManualClock, id: () => PageId): Day => {
  const { write, sayAtOnce, between, words } = pen;
  const alone: Page[] = [];
  const [anna, sam]: [Page[], Page[]] = [[], []];
  const drafts: Said[] = [];
  const opens: PageId[] = [];
  const today = dayAt(clock.now());
  const entry = (): PageStart => ({
    kind: "entry",
    title: words(between(2, 6)),
    tags: day % 3 === 0 ? [words(1)] : [],
    feelings: day % 2 === 0 ? ["tired"] : [],
  });
  alone.push([id(), write(entry(), between(80, 600), between(14, 26))]);
  for (const side of [anna, sam]) {
    const checkin: PageStart = {
      kind: "checkin",
      day: today,
      feelings: ["calm", "tired"],
      need: words(between(3, 9)),
    };
    side.push([id(), sayAtOnce(checkin, between(0, 30))]);
  }
  if (day % 7 === 1 || day % 7 === 4)
    for (const side of [anna, sam])
      side.push([id(), write(entry(), between(80, 600), between(14, 24), "whole")]);
  if (day % 5 < 2) {
    const question = id();
    anna.push([
      question,
      sayAtOnce({ kind: "question", need: "information", depth: "facts" }, between(8, 40)),
    ]);
    drafts.push(write({ kind: "question", need: "information", depth: "facts" }, 24, 3));
    const answer = id();
    sam.push([answer, sayAtOnce({ kind: "answer", question, round: 0, saw: 0 }, between(60, 400))]);
    opens.push(answer);
    anna.push([id(), sayAtOnce({ kind: "heard", of: answer }, between(10, 60))]);
  }
  for (const side of day % 2 === 0 ? [anna, sam] : [sam]) {
    side.push([id(), sayAtOnce({ kind: "thanks", line: words(between(4, 12)) }, 0)]);
    if (day % 10 === 3) side.push([id(), sayAtOnce({ kind: "promise" }, between(8, 30))]);
  }
  if (day % 30 === 9) {
    const letter = write(
      { kind: "letter", about: "impact", pauseHours: 24 },
      between(300, 600),
      between(20, 30),
    );
    drafts.push(letter);
    anna.push([
      id(),
      sayAtOnce({ kind: "letter", about: "impact", pauseHours: 24 }, between(300, 600)),
    ]);
  }
  return { alone, anna, sam, drafts, opens };
};

const ack = async (shelf: SharedShelf, clock: ManualClock): Promise<void> => {
  must(
    await shelf.ledger.write({
      notebook: shelf.chains.ours,
      kind: "ack",
      page: noPage,
      body: encodeAck(shelf.ledger.heads()),
      time: Math.floor(clock.now() / dayMs) * dayMs + dayMs / 2,
    }),
  );
};

/** Everything that `from` has written since the last time, to the other's ledger. */
const createLane = (from: SharedShelf, to: SharedShelf): (() => Promise<void>) => {
  const upTo = new Map<string, number>();
  return async () => {
    const envelopes: Uint8Array[] = [];
    for (const notebook of [from.chains.mine, from.chains.ours]) {
      const lines = from.ledger.ownAfter(notebook, upTo.get(notebook) ?? 0);
      for (const line of lines) envelopes.push(must(await from.ledger.envelopeOf(line)));
      upTo.set(notebook, lines.at(-1)?.seq ?? upTo.get(notebook) ?? 0);
    }
    must(await to.ledger.receive(envelopes));
  };
};
