import { expect } from "vitest";
import type {
  AddingDesk,
  PairHow,
  PairingTalk,
  PairingView,
} from "../../shared/journal/journal.ts";
import type { DeviceId } from "../../shared/base/ids.ts";
import type { Meet } from "../../shared/journal/pairingDesk.ts";
import { makeCertificate } from "../../shared/people/certificate.ts";
import { makePersonKeys } from "../../shared/people/person.ts";
import {
  parseKeyringContent,
  writeKeyringContent,
  type KeyringContent,
} from "../../shared/people/keyringContent.ts";
import { deskPassphrase } from "../support/noBackupVault.ts";
import { createManualClock, type ManualClock } from "../support/manualClock.ts";
import { createMemoryLink, type MemoryLink } from "../support/memoryCarrier.ts";
import type { MemoryDisk } from "../support/memoryStores.ts";
import { createMemoryWires, type MemoryWires } from "../support/memoryWire.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { createDesk, must, type AlsoBy, type Desk } from "../support/twoPartners.ts";

/** A town: as many computers as somebody buys, one network, one clock. */
export type Town = {
  readonly clock: ManualClock;
  readonly settle: (seconds?: number) => Promise<void>;
  /** A first run: nothing was ever shared here. */
  readonly buy: (name: string) => Promise<Desk>;
  readonly backUp: (desk: Desk) => Backup;
  /** Into a computer where nothing is yet: as restoring.ts leaves it. */
  readonly restore: (backup: Backup) => Promise<Desk>;
  /** Nothing that pairs arrives any more, or not after so many messages. */
  readonly cutPairing: (after: number) => void;
  /** Nothing reaches this computer and nothing leaves it, until it is back. */
  readonly cutOff: (desk: Desk) => void;
  readonly bringBack: (desk: Desk) => void;
};

export type Backup = {
  readonly name: string;
  readonly keyring: KeyringContent;
  readonly disk: MemoryDisk;
};

export const createTown = (seed: number): Town => {
  const clock = createManualClock(1_790_000_000_000);
  const random = seededRandom(seed);
  const links = new Map<string, MemoryLink>();
  const wires: MemoryWires[] = [];
  const waiting = new Map<string, Parameters<Meet>[0][]>();
  let cutAfter: number | undefined;
  /** Whoever is on no network. */
  const away = new Set<DeviceId>();
  let bought = 0;

  /** Two find each other where both know the room and each has the other in the roster. */
  const carriers: AlsoBy = ({ meeting, me, peer }) => {
    const [left, right] = [me, peer].toSorted();
    if (left === undefined || right === undefined) throw new Error("two devices");
    const name = [meeting.topic, left, right].join(" ");
    const link = links.get(name) ?? createMemoryLink({ devices: { left, right } });
    links.set(name, link);
    if (away.has(left) || away.has(right)) link.cut();
    return [me === left ? link.left : link.right];
  };

  const meet =
    (isAlive: () => boolean): Meet =>
    (meeting) => {
      const here = waiting.get(meeting.topic) ?? [];
      const mine = {
        ...meeting,
        onWire: (wire: Parameters<typeof meeting.onWire>[0]) => isAlive() && meeting.onWire(wire),
      };
      for (const other of here.filter(({ role }) => role !== meeting.role)) {
        const pair = createMemoryWires(cutAfter === undefined ? {} : { cutAfter });
        wires.push(pair);
        queueMicrotask(() => {
          (other.role === "inviter" ? other : mine).onWire(pair.left);
          (other.role === "inviter" ? mine : other).onWire(pair.right);
        });
      }
      waiting.set(meeting.topic, [...here, mine]);
      return {
        close: () => {
          const left = (waiting.get(meeting.topic) ?? []).filter((one) => one !== mine);
          waiting.set(meeting.topic, left);
        },
      };
    };

  const settle = async (seconds = 4): Promise<void> => {
    for (let step = 0; step < seconds * 5; step++) {
      await macrotask();
      for (const pair of wires) await pair.settle();
      for (const link of links.values()) await link.settle();
      await macrotask();
      clock.advance(200);
    }
    await macrotask();
  };

  const isAway = (name: string): boolean => [...away].some((device) => name.includes(device));
  const linksOf = (desk: Desk): readonly (readonly [string, MemoryLink])[] =>
    [...links].filter(([name]) => name.includes(deviceOf(desk)));

  const place = async (keyring: KeyringContent, disk?: MemoryDisk): Promise<Desk> => {
    const desk = createDesk({
      ...{ name: keyring.name, keyring, carriers, meet, clock, random },
      ...(disk && { disk }),
      // One master key for each person: a backup brings it along.
      seed: seed + (keyring.name === "Anna" ? 1 : 2),
    });
    bought += 1;
    await desk.open();
    return desk;
  };

  return {
    clock,
    settle,
    buy: (name) =>
      place({
        ...{ name, role: "both", keys: makePersonKeys(seededRandom(seed * 100 + bought)) },
        settings: { sendsAtOnce: true },
        couple: undefined,
      }),
    backUp: (desk) => ({
      name: desk.name,
      keyring: must(parseKeyringContent(desk.keyring())),
      disk: desk.disk.copy(),
    }),
    restore: ({ keyring, disk }) => {
      // Bytes of its own, however often it is restored.
      const copy = must(parseKeyringContent(writeKeyringContent(keyring)));
      return place(
        { ...copy, settings: { ...copy.settings, restored: copy.couple !== undefined } },
        disk.copy(),
      );
    },
    cutPairing: (after) => {
      cutAfter = after;
    },
    cutOff: (desk) => {
      away.add(deviceOf(desk));
      for (const [, link] of linksOf(desk)) link.cut();
    },
    bringBack: (desk) => {
      away.delete(deviceOf(desk));
      for (const [name, link] of linksOf(desk)) if (!isAway(name)) link.heal();
    },
  };
};

const macrotask = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export type Talks = { readonly inviter: PairingTalk; readonly joiner: PairingTalk };
type MeetHow = PairHow | "adds";
type How = { readonly inviter?: MeetHow; readonly joiner?: MeetHow };

/** With the passphrase where one is asked for. */
export const waysOf = async ({ journal }: Desk, how: MeetHow | undefined): Promise<AddingDesk> => {
  const { pairing } = journal();
  if (how === "adds") return must(await pairing.adding(deskPassphrase));
  return { invite: (where) => pairing.invite(where, how), join: (link) => pairing.join(link, how) };
};

/** As far as the four words on both screens. */
export const begin = async (
  { settle }: Town,
  inviter: Desk,
  joiner: Desk,
  how: How = {},
): Promise<Talks> => {
  const invited = must(await (await waysOf(inviter, how.inviter)).invite("here"));
  const joined = must(await (await waysOf(joiner, how.joiner)).join(invited.link));
  await settle(1);
  return { inviter: invited.talk, joiner: joined };
};

export const viewsOf = ({ inviter, joiner }: Talks): readonly PairingView[] => [
  inviter.view.read(),
  joiner.view.read(),
];

/** Both say that the words are the same, and it comes to its end. */
export const agree = async ({ settle }: Town, talks: Talks): Promise<void> => {
  const [one, other] = viewsOf(talks);
  if (one?.step !== "words" || other?.step !== "words")
    throw new Error(`no words: ${JSON.stringify(viewsOf(talks))}`);
  expect(one.words).toEqual(other.words);
  talks.inviter.confirm();
  talks.joiner.confirm();
  await settle(3);
};

export const meetUp = async (
  town: Town,
  inviter: Desk,
  joiner: Desk,
  how: How = {},
): Promise<readonly string[]> => {
  const talks = await begin(town, inviter, joiner, how);
  await agree(town, talks);
  return viewsOf(talks).map((view) => (view.step === "ended" ? view.code : view.step));
};

/** Locks while the clock goes on, and unlocks. */
export const relock = async (
  town: Town,
  desk: Desk,
  opened: () => void = () => {},
): Promise<void> => {
  await lockUp(town, desk);
  await desk.open();
  opened();
  await town.settle(1);
};

export const lockUp = async ({ settle }: Town, desk: Desk): Promise<void> => {
  const locking = desk.lock();
  await settle(2);
  await locking;
};

/** The partner's new or restored computer and this one meet again, and all goes on. */
export const meetAgain = async (town: Town, stays: Desk, comes: Desk): Promise<void> => {
  const wasPaused = comes.journal().sync.read().state === "paused";
  expect(await meetUp(town, stays, comes, { inviter: "again" })).toEqual(["done", "done"]);
  if (wasPaused) await relock(town, comes);
  await town.settle(6);
};

/** As its keyring has it. */
export const deviceOf = (desk: Desk): DeviceId => makeCertificate(keyringIn(desk).keys).device;

export const keyringIn = (desk: Desk): KeyringContent => must(parseKeyringContent(desk.keyring()));
