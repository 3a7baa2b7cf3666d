import type { DeviceId, PageId } from "../../shared/base/ids.ts";
import { newId } from "../../shared/base/ids.ts";
import type { Carrier } from "../../shared/carry/carrier.ts";
import { copyCouple, copyPersonKeys } from "../../shared/journal/keys/copies.ts";
import { openBond, type Bond, type ChannelFacts } from "../../shared/journal/travel/bond.ts";
import type { PeerCarrier } from "../../shared/journal/travel/delivery.ts";
import { masterKey } from "../../shared/vault/masterKey.ts";
import { createMemoryLink, type MemoryLink } from "../support/memoryCarrier.ts";
import { must } from "../support/twoPartners.ts";
import { createBeside, linesOn, writeLine, type Beside, type Machine } from "./besideKit.ts";

/** One computer, as it runs: what it shares, and what carries that to the others. */
export type Computer = {
  readonly machine: Machine;
  readonly bond: Bond;
  readonly troubles: string[];
  /** How often it was told that somebody else has stored the newest meeting. */
  readonly met: () => number;
  /** A page with these words. */
  readonly say: (words: string) => Promise<PageId>;
  readonly reads: (page: PageId) => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
};

/** Computers of Anna's and Sam's; who of them ever meets is up to the test. */
export type Village = {
  readonly beside: Beside;
  readonly annas: readonly Computer[];
  readonly sams: readonly Computer[];
  /** From now on these two carry to each other, by a link that stands; what there was goes on. */
  readonly link: (one: Computer, other: Computer) => Promise<MemoryLink>;
  /** One way more, of whatever kind: each side is given what its channel to the other says. */
  readonly carryBy: (computer: Computer, carriersOf: CarriersOf) => Promise<void>;
  readonly settle: (seconds?: number) => Promise<void>;
  /** Yjs updates that have gone over all links so far. */
  readonly passed: () => number;
  readonly open: (machine: Machine, how?: How) => Promise<Computer>;
};

/** `unmet`: nobody may have stored the newest meeting. `without`: who is not known to it yet. */
type How = { readonly unmet?: boolean; readonly without?: Computer };

type CarriersOf = (channel: ChannelFacts) => readonly Carrier[];

export const createVillage = async (
  seed: number,
  { annas, sams }: { readonly annas: number; readonly sams: number },
): Promise<Village> => {
  const beside = createBeside(seed);
  const { clock, random } = beside;
  const machines = (owner: Machine["owner"], count: number): readonly Machine[] =>
    Array.from({ length: count }, () => beside.another(owner));
  const known = { annas: machines("anna", annas), sams: machines("sam", sams) };
  const links: MemoryLink[] = [];
  const carrying = new Map<DeviceId, PeerCarrier[]>();
  let pages = 0;
  let passed = 0;

  const open: Village["open"] = async (machine, { unmet, without } = {}) => {
    const knows = ({ device }: Machine): boolean => device !== without?.machine.device;
    const troubles: string[] = [];
    let met = 0;
    const couple = copyCouple(
      beside.coupleAt(machine, {
        annas: known.annas.filter(knows),
        sams: known.sams.filter(knows),
      }),
    );
    const bond = must(
      await openBond({
        couple:
          unmet === true
            ? { ...couple, before: { keys: [], devices: [], vouched: [], unmet } }
            : couple,
        keys: copyPersonKeys(machine.keys),
        me: machine.device,
        masterKey: masterKey(new Uint8Array(32).fill(machine.seal)),
        stores: machine.disk.start().carried,
        ...{ clock, random },
        sendsAtOnce: () => true,
        onTrouble: (code) => troubles.push(code),
        onMet: () => {
          met += 1;
        },
      }),
    );
    return {
      ...{ machine, bond, troubles },
      met: () => met,
      say: async (words) => {
        const page = newId<PageId>(random);
        await writeLine(bond, page, words, (pages += 1));
        return page;
      },
      reads: (page) => linesOn(bond, page),
      close: async () => {
        carrying.delete(machine.device);
        await bond.close();
      },
    };
  };

  const carry = async ({ machine, bond }: Computer, more: readonly PeerCarrier[]) => {
    const all = [...(carrying.get(machine.device) ?? []), ...more];
    carrying.set(machine.device, all);
    await bond.carryWith(all);
  };

  return {
    beside,
    annas: await Promise.all(known.annas.map((machine) => open(machine))),
    sams: await Promise.all(known.sams.map((machine) => open(machine))),
    open,
    link: async (one, other) => {
      const devices = { left: one.machine.device, right: other.machine.device };
      const link = createMemoryLink({ devices });
      link.tamper((update) => {
        passed += 1;
        return update;
      });
      links.push(link);
      await carry(one, [{ peer: devices.right, carrier: link.left }]);
      await carry(other, [{ peer: devices.left, carrier: link.right }]);
      return link;
    },
    carryBy: (computer, carriersOf) =>
      carry(
        computer,
        computer.bond.channels.flatMap((channel) =>
          carriersOf(channel).map((carrier) => ({ peer: channel.peer, carrier })),
        ),
      ),
    passed: () => passed,
    settle: async (seconds = 6) => {
      for (let step = 0; step < seconds * 5; step++) {
        await macrotask();
        for (const link of links) await link.settle();
        await macrotask();
        clock.advance(200);
      }
      await macrotask();
    },
  };
};

const macrotask = (): Promise<void> => new Promise((done) => setImmediate(done));
