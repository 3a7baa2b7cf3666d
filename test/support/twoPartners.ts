import * as Y from "yjs";
import type { Clock } from "../../shared/base/clock.ts";
import type { PageId } from "../../shared/base/ids.ts";
import type { Random } from "../../shared/base/random.ts";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import type { Carrier, Carrying } from "../../shared/carry/carrier.ts";
import type { Card, PageBody } from "../../shared/page/card.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import type { ChannelFacts } from "../../shared/journal/travel/bond.ts";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import { createLifeboat } from "../../shared/journal/lifeboat.ts";
import { indexHere, type OpenIndex } from "../../shared/journal/find/entryIndex.ts";
import { openJournal } from "../../shared/journal/openJournal.ts";
import type { Meet } from "../../shared/journal/pairingDesk.ts";
import type { RoomVault } from "../../shared/journal/room/roomVault.ts";
import { makeCertificate, type Certificate } from "../../shared/people/certificate.ts";
import {
  parseKeyringContent,
  writeKeyringContent,
  type KeyringContent,
} from "../../shared/people/keyringContent.ts";
import { makePersonKeys } from "../../shared/people/person.ts";
import { notebookSecret, spaceIdOf, type Couple } from "../../shared/people/space.ts";
import { masterKey } from "../../shared/vault/masterKey.ts";
import { createManualClock, type ManualClock } from "./manualClock.ts";
import { createMemoryLink, type MemoryLink } from "./memoryCarrier.ts";
import { createMemoryDisk, type MemoryDisk } from "./memoryStores.ts";
import { noBackupVault, noComputerKey, noRecoveryVault, noRoomChanges } from "./noBackupVault.ts";
import { seededRandom } from "./seededRandom.ts";

/** One person at one computer: a disk that outlives the app, and the app as it runs now. */
export type Desk = {
  readonly name: string;
  readonly disk: MemoryDisk;
  readonly journal: () => Journal;
  readonly open: () => Promise<void>;
  /** As it lies on the disk. */
  readonly keyring: () => Uint8Array;
  /** The next so many times that it is saved, the disk refuses. */
  readonly refuseKeyring: (times: number) => void;
  readonly lock: () => Promise<void>;
  /** As the door says it. */
  readonly holdsWords: () => boolean;
  /** The process is gone at once: nothing is flushed, no timer runs. */
  readonly kill: () => void;
  /** The system says that the network is there again. */
  readonly comeOnline: () => void;
};

export type TwoPartners = {
  readonly anna: Desk;
  readonly sam: Desk;
  readonly link: MemoryLink;
  readonly clock: ManualClock;
  /** Lets everything that is under way happen, including what waits for `seconds` of clock. */
  readonly settle: (seconds?: number) => Promise<void>;
};

export type TwoPartnersParts = {
  readonly seed: number;
  readonly carrierOf?: (link: MemoryLink, side: "left" | "right") => Carrier;
  /** Beside the link, anew for every time that a journal is opened. */
  readonly alsoBy?: AlsoBy;
  readonly openIndex?: OpenIndex;
  /** How far Anna's clock runs ahead of Sam's, ms; it may jump. */
  readonly annaAhead?: number | (() => number);
};

/** `isAlive`: false once that app was killed. */
export type AlsoBy = (
  channel: ChannelFacts,
  app: { readonly clock: Clock; readonly random: Random; readonly isAlive: () => boolean },
) => readonly Carrier[];

export const createTwoPartners = async ({
  seed,
  carrierOf,
  alsoBy = () => [],
  openIndex = indexHere,
  annaAhead = 0,
}: TwoPartnersParts): Promise<TwoPartners> => {
  const clock = createManualClock(1_790_000_000_000);
  const random = seededRandom(seed);
  const annaKeys = makePersonKeys(random);
  const samKeys = makePersonKeys(random);
  const annaCertificate = makeCertificate(annaKeys);
  const samCertificate = makeCertificate(samKeys);
  const link = createMemoryLink({
    devices: { left: annaCertificate.device, right: samCertificate.device },
  });
  const crk = random(32);
  const notebook = () => notebookSecret(random(48));
  const [annas, sams, ours] = [notebook(), notebook(), notebook()];
  const couple = (
    partner: Certificate,
    name: string,
    mine: typeof annas,
    theirs: typeof annas,
  ): Couple => ({
    space: spaceIdOf(crk),
    crk: crk.slice(),
    epoch: 1,
    partner: { name, certificate: partner },
    notebooks: { mine, theirs, ours },
  });
  const anna = createDesk({
    name: "Anna",
    keyring: {
      name: "Anna",
      role: "hurt",
      keys: annaKeys,
      settings: { sendsAtOnce: true },
      couple: couple(samCertificate, "Sam", annas, sams),
    },
    carriers: (channel, app) => [carrierOf?.(link, "left") ?? link.left, ...alsoBy(channel, app)],
    ...{ random, seed, openIndex },
    clock: {
      ...clock,
      now: () => clock.now() + (typeof annaAhead === "number" ? annaAhead : annaAhead()),
    },
  });
  const sam = createDesk({
    name: "Sam",
    keyring: {
      name: "Sam",
      role: "broke",
      keys: samKeys,
      settings: { sendsAtOnce: true },
      couple: couple(annaCertificate, "Anna", sams, annas),
    },
    carriers: (channel, app) => [carrierOf?.(link, "right") ?? link.right, ...alsoBy(channel, app)],
    ...{ clock, random, openIndex },
    seed: seed + 1,
  });
  await anna.open();
  await sam.open();
  const settle = async (seconds = 4): Promise<void> => {
    for (let step = 0; step < seconds * 5; step++) {
      await macrotask();
      await link.settle();
      await macrotask();
      clock.advance(200);
    }
    await macrotask();
  };
  return { anna, sam, link, clock, settle };
};

/** Everything that is ready to run has run. */
const macrotask = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export type DeskParts = {
  readonly name: string;
  readonly keyring: KeyringContent;
  /** Anew for every time that a journal is opened, or begins to carry for another couple. */
  readonly carriers: AlsoBy;
  /** Where two computers meet to pair; nowhere where it is missing. */
  readonly meet?: (isAlive: () => boolean) => Meet;
  readonly disk?: MemoryDisk;
  readonly clock: ManualClock;
  readonly random: Random;
  readonly seed: number;
  readonly openIndex?: OpenIndex;
};

export const createDesk = (parts: DeskParts): Desk => {
  const { meet, disk = createMemoryDisk(), openIndex = indexHere } = parts;
  const addresses = async (): Promise<readonly string[]> =>
    meet === undefined ? [] : ["ws://127.0.0.1:8788"];
  let lifeboat = createLifeboat();
  let stored = writeKeyringContent(parts.keyring);
  let refusals = 0;
  let life: Life = { clock: mortalClock(parts.clock), alive: true, connections: new Set() };
  let journal: Journal | undefined;
  const returns = new Set<() => void>();
  const roomVault = memoryRoomVault(parts.seed);
  return {
    name: parts.name,
    disk,
    keyring: () => stored,
    refuseKeyring: (times) => {
      refusals = times;
    },
    journal: () => {
      if (journal === undefined) throw new Error(`${parts.name}'s journal is locked`);
      return journal;
    },
    open: async () => {
      const keyring = parseKeyringContent(stored);
      if (!keyring.ok) throw new Error(keyring.code);
      const clock = mortalClock(parts.clock);
      life = { clock, alive: true, connections: new Set() };
      const mine = life;
      const opened = await openJournal({
        masterKey: masterKey(new Uint8Array(32).fill(parts.seed % 251)),
        keyring: keyring.value,
        saveKeyring: async (content) => {
          if (mine.alive) disk.countWrite();
          if (!mine.alive) return refuse("STORE_CLOSED");
          if (refusals > 0) {
            refusals -= 1;
            return refuse("DISK_FULL");
          }
          stored = writeKeyringContent(content);
          return accept(undefined);
        },
        openIndex,
        openStores: disk.start,
        lifeboat,
        roomVault,
        recoveryVault: noRecoveryVault,
        backupVault: noBackupVault,
        computerKey: noComputerKey,
        network: {
          carriers: async (channel) => {
            const app = { clock: clock.clock, random: parts.random, isAlive: () => mine.alive };
            return parts.carriers(channel, app).map((carrier) => mortalCarrier(carrier, mine));
          },
          meet: () => meet?.(() => mine.alive) ?? (() => ({ close: () => {} })),
          addresses,
          publicAddresses: addresses,
          tryServer: async () => "silent",
          onReturn: (returned) => {
            returns.add(returned);
            return () => returns.delete(returned);
          },
        },
        clock: clock.clock,
        random: parts.random,
      });
      if (!opened.ok) throw new Error(opened.code);
      journal = opened.value;
    },
    lock: async () => {
      await journal?.lock();
      journal = undefined;
    },
    holdsWords: () => !lifeboat.isEmpty(),
    kill: () => {
      lifeboat = createLifeboat();
      life.alive = false;
      life.clock.stop();
      for (const connection of life.connections) void connection.stop();
      disk.kill();
      journal = undefined;
      returns.clear();
    },
    comeOnline: () => {
      for (const returned of returns) returned();
    },
  };
};

const mortalClock = (clock: ManualClock): { readonly clock: Clock; readonly stop: () => void } => {
  let alive = true;
  return {
    clock: { now: clock.now, after: (ms, run) => clock.after(ms, () => void (alive && run())) },
    stop: () => {
      alive = false;
    },
  };
};

/** A killed process says nothing more, and its connections are gone. */
const mortalCarrier = (carrier: Carrier, life: Life): Carrier => ({
  name: carrier.name,
  carry: (doc, tell) => {
    if (!life.alive) return { stop: () => Promise.resolve() };
    const carrying = carrier.carry(doc, (event) => void (life.alive && tell(event)));
    life.connections.add(carrying);
    return carrying;
  },
});

type Life = {
  alive: boolean;
  readonly clock: ReturnType<typeof mortalClock>;
  readonly connections: Set<Carrying>;
};

const memoryRoomVault = (seed: number): RoomVault => {
  const key = () => masterKey(new Uint8Array(32).fill((seed + 77) % 251));
  let made = false;
  return {
    make: async () => {
      if (made) return refuse("ROOM_EXISTS");
      made = true;
      return accept(key());
    },
    open: async () => accept(key()),
    openPortable: async () => refuse("DISK_FAILED"),
    keep: async () => refuse("DISK_FAILED"),
    ...noRoomChanges,
    isUnused: async () => accept(!made),
    backup: noBackupVault,
  };
};

/** Types at the end of a page, as the editor would: one paragraph more. */
export const typeWords = (page: OpenPage, text: string): void => {
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.insert(0, [new Y.XmlText(text)]);
  fragmentOf(page.body).push([paragraph]);
};

export const wordsOf = (page: OpenPage): string => fragmentOf(page.body).toString();

const fragmentOf = (body: PageBody): Y.XmlFragment => body as unknown as Y.XmlFragment;

export const must = <Value>(result: Result<Value, string>): Value => {
  if (!result.ok) throw new Error(result.code);
  return result.value;
};

/** Writes a draft from beginning to end and gives its page. */
export const writeDraft = async (journal: Journal, draft: PageId, text: string): Promise<void> => {
  const page = must(await journal.openPage(draft));
  typeWords(page, text);
  must(await page.flush());
  await page.close();
};

export const shareEntry = async (journal: Journal, text: string): Promise<PageId> => {
  const draft = must(await journal.entries.draftEntry());
  await writeDraft(journal, draft, text);
  return must(await journal.share(draft));
};

export const sharedCards = (journal: Journal): readonly Card[] =>
  journal.cards.read().filter(({ place }) => place === "shared");
