import type { FileSink, FileSource } from "../../shared/base/files.ts";
import { newId, type PageId } from "../../shared/base/ids.ts";
import { systemRandom } from "../../shared/base/random.ts";
import { accept } from "../../shared/base/result.ts";
import { createAirlock, type Airlock, type Offered } from "../../shared/carry/airlock.ts";
import type { Carrier, Carrying } from "../../shared/carry/carrier.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { envelopeKey, type CarriedEnvelope } from "../../shared/envelope/envelope.ts";
import type { LedgerStores } from "../../shared/ledger/stores.ts";
import { createMemoryDisk, type MemoryDisk } from "../support/memoryStores.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { must } from "../support/twoPartners.ts";
import { patient } from "../unit/backupKit.ts";
import { bulkyPage } from "../unit/ledgerKit.ts";
import {
  copyOf,
  createCouple,
  lengthsOf,
  writeBytes,
  type By,
  type Partner,
  type Sizes,
  type Who,
} from "./carriersCouple.ts";
import { createRawSide, now, type RawSide } from "./carriersRaw.ts";

let seed = 0;
/** Another one each round: a mailbox remembers the round before, and a reader who began anew would look like a fork. */
let mailbox = 0;
const carrierOf = (who: Who, by: By, server: string) =>
  createCouple(seed).carrierOf(who, by, server, undefined, seededRandom(mailbox)(32));
let raw: RawSide = createRawSide();
raw.close();

/** Every change asks once; and what shows only a moment after the change, at the next look. */
const createUntil = () => {
  const waiting = new Set<() => void>();
  return {
    look: () => {
      for (const look of waiting) look();
    },
    holds: (is: () => boolean): Promise<number> =>
      new Promise((done) => {
        const look = () => {
          if (!is()) return;
          clearInterval(again);
          waiting.delete(look);
          done(now());
        };
        const again = setInterval(look, 5);
        waiting.add(look);
        look();
      }),
  };
};

/** A carrier and an airlock at each end, and nothing above. */
const createLane = () => {
  const until = createUntil();
  let airlock: Airlock;
  let carrying: Carrying | undefined;
  let arrived = 0;
  let met = 0;
  let answersTo: string | undefined;
  let waiting: Offered[] = [];
  const cameAt = new Map<string, number>();

  const put = (one: Offered) => airlock.offer([one]);
  const receive = (some: readonly Offered[]): void => {
    for (const { key, envelope } of some) {
      arrived += envelope.length;
      if (answersTo !== undefined) {
        cameAt.set(key, now());
        put(envelopeOf(1_000));
      }
    }
    until.look();
  };
  const envelopeOf = (length: number, random = systemRandom): Offered => {
    const envelope = random(length) as CarriedEnvelope;
    return { key: envelopeKey(envelope), envelope };
  };
  return {
    begin: () => {
      [arrived, met, answersTo, waiting] = [0, 0, undefined, []];
      airlock = createAirlock({ receive, abandon: () => console.error("abandoned") });
    },
    fill: (sizes: Sizes, bytes: number): number => {
      const [random, lengths] = [seededRandom(seed), lengthsOf(sizes, 7)];
      const all: Offered[] = [];
      let held = 0;
      while (held < bytes) {
        const one = envelopeOf(592 + lengths.next().value, random);
        all.push(one);
        held += one.envelope.length;
      }
      waiting = all;
      return held;
    },
    /** Carries and then offers, as a journal does (journal/travel/delivery.ts). */
    carry: (who: Who, by: By, server: string): number => {
      const at = now();
      carrying = carrierOf(who, by, server).carry(airlock.doc, (event) => {
        if (event.type === "met") met = now();
        if (event.type === "trouble") console.error(event.code);
        until.look();
      });
      setTimeout(() => airlock.offer(waiting.splice(0)));
      return at;
    },
    met: async () => {
      await until.holds(() => met > 0);
      return met;
    },
    arrived: (bytes: number) => until.holds(() => arrived >= bytes),
    end: async () => {
      await carrying?.stop();
      airlock.close();
      airlock.doc.destroy();
      cameAt.clear();
    },
    /** Ben's side: each that comes is answered at once. */
    answer: () => {
      answersTo = "each";
    },
    cameAt: () => [...cameAt],
    /** Ada's side: offers one after the other, and tells when each went and when the answer was here. */
    ask: async (times: number) => {
      const asked: { readonly key: string; readonly from: number; readonly back: number }[] = [];
      for (let time = 0; time < times; time++) {
        await pause();
        const one = envelopeOf(1_000);
        const before = arrived;
        const from = now();
        put(one);
        const back = await until.holds(() => arrived > before);
        asked.push({ key: one.key, from, back });
      }
      return asked;
    },
  };
};

/** The pages know of a message a moment before it counts as being here; the disk in memory is as quick as that. */
const afterwards = (run: () => void): void => {
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener("message", run);
  port1.start();
  port2.postMessage(undefined);
  for (const ms of [10, 100, 1_000]) setTimeout(run, ms);
};

/** As people do not write in step with anything. */
const pause = () => new Promise((over) => setTimeout(over, 5 + Math.random() * 20));

/** The ledgers of both, with what delivers between them: what a journal does, less the screen. */
const createShelves = () => {
  const until = createUntil();
  let written: MemoryDisk | undefined;
  let partner: Partner | undefined;
  let upTo = 0;
  let met = 0;
  const here = (): Partner => {
    if (partner === undefined) throw new Error("open first");
    return partner;
  };
  const freshCopy = async (): Promise<LedgerStores> =>
    written === undefined ? createMemoryDisk().start().carried : copyOf(written.start().carried);
  const keep = (opened: Partner): void => {
    partner = opened;
    opened.onAdmitted(() => afterwards(until.look));
    opened.delivery.acked.subscribe(until.look);
  };
  return {
    write: async (who: Who, sizes: Sizes, bytes: number) => {
      const disk = createMemoryDisk();
      const writer = await createCouple(seed).open(who, disk.start().carried);
      const done = await writeBytes(writer, sizes, bytes);
      await writer.close();
      written = disk;
      return done;
    },
    /** With what `write` wrote, if it did, and nothing of any round before. */
    open: async (who: Who) => {
      keep(await createCouple(seed).open(who, await freshCopy()));
      upTo = here().heard();
    },
    carry: async (who: Who, by: By, server: string): Promise<number> => {
      const from = now();
      met = 0;
      const carrier = carrierOf(who, by, server);
      const heeding: Carrier = {
        ...carrier,
        carry: (airlock, tell) =>
          carrier.carry(airlock, (event) => {
            if (event.type === "met") met = now();
            tell(event);
            until.look();
          }),
      };
      await here().delivery.carryWith([{ peer: here().shelf.chains.partner, carrier: heeding }]);
      return from;
    },
    met: async () => {
      await until.holds(() => met > 0);
      return met;
    },
    heard: (count: number) => until.holds(() => here().heard() >= count),
    acked: (count: number) =>
      until.holds(() => here().delivery.acked.read().upTo(here().shelf.chains.mine) >= count),
    count: () => here().heard(),
    ackedCount: () => here().delivery.acked.read().upTo(here().shelf.chains.mine),
    troubles: () => here().troubles,
    close: async () => {
      await partner?.close();
      partner = undefined;
    },
    forget: () => {
      written = undefined;
    },
    /** Writes one answer of a person after the other; when each began and was seen to come back answered. */
    ask: async (times: number) => {
      const asked: { readonly from: number; readonly back: number }[] = [];
      for (let time = 0; time < times; time++) {
        await pause();
        const before = here().heard();
        const from = now();
        await sayOne(here(), time);
        const back = await until.holds(() => here().heard() > before);
        asked.push({ from, back });
      }
      return asked;
    },
    /** Answers each word of the partner's, and tells when each stood here. */
    answer: () => {
      const cameAt: number[] = [];
      here().onAdmitted(() =>
        afterwards(() => {
          if (partner === undefined) return;
          for (; upTo < here().heard(); upTo++) {
            cameAt.push(now());
            void sayOne(here(), 1_000 + upTo);
          }
        }),
      );
      return () => cameAt;
    },
    /** Both in this page: what is written is handed over in memory. */
    byFile: async () => {
      const couple = createCouple(seed);
      const [ada, ben] = [
        await couple.open("ada", await freshCopy()),
        await couple.open("ben", createMemoryDisk().start().carried),
      ];
      const file = fileInMemory();
      const begun = now();
      must(await ada.capsules.write("all", file.sink, patient));
      const made = now();
      must(await ben.capsules.take(file.source(), patient));
      const taken = now();
      const heard = ben.heard();
      await Promise.all([ada.close(), ben.close()]);
      return { made: made - begun, taken: taken - made, heard };
    },
  };
};

const sayOne = async ({ shelf }: Partner, at: number): Promise<void> =>
  must(await shelf.write(newId<PageId>(systemRandom), "begin", bulkyPage(300, at)));

const fileInMemory = () => {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const sink: FileSink = {
    write: async (bytes) => {
      parts.push(bytes.slice());
      return accept(undefined);
    },
    finish: async () => accept(undefined),
    abort: async () => {},
  };
  const source = (): FileSource => {
    const blob = new Blob(parts.splice(0));
    return {
      name: "a capsule",
      size: blob.size,
      read: async (from, length) =>
        accept(new Uint8Array(await blob.slice(from, from + length).arrayBuffer())),
    };
  };
  return { sink, source };
};

let cameAt: () => readonly number[] = () => [];

await loadSodium();
const lane = createLane();
const shelves = createShelves();
const page = {
  seed: (given: number) => {
    seed = given;
  },
  mailbox: (given: number) => {
    mailbox = given;
  },
  raw: () => raw,
  newRaw: (sealing: boolean) => {
    raw = createRawSide(sealing);
  },
  lane,
  shelves,
  answer: () => {
    cameAt = shelves.answer();
  },
  cameAt: () => cameAt(),
};
export type CarriersPage = typeof page;

Object.assign(globalThis, { bench: page });
