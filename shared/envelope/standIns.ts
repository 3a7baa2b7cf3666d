import type { MessageId, PageId } from "../base/ids.ts";
import { chainName, type ChainEntry } from "./chain.ts";
import type { MayWithdraw } from "./devices.ts";
import type { MessageHeader } from "./message.ts";
import { redactionOf } from "./redaction.ts";
import type { VerifiedMessage } from "./verify.ts";

/** A redaction's record in the place of a message that is gone, or that was withdrawn before it came. */
export type StandIn = {
  readonly id: MessageId;
  readonly header: MessageHeader;
  /** By the redaction's word: the message itself cannot be asked. */
  readonly page: PageId;
};

/** `by`: the redaction, whose tag vouches for it. It goes to the disk no later than what follows the stand-in. */
export type VouchedStandIn = StandIn & { readonly by: VerifiedMessage };

/**
 * By another device than the one whose chain it is of. Danger: nothing but that chain's own words can tell whether such a
 * record is true, and a computer that was stolen can make up as many as it likes.
 */
export const isByAnother = ({ header, by }: VouchedStandIn): boolean =>
  header.device !== by.message.header.device;

export const standInEntry = ({ id, header, page }: StandIn): ChainEntry => ({
  notebook: header.notebook,
  device: header.device,
  seq: header.seq,
  id,
  page,
  standing: "chained",
});

/** None where the message is no redaction, or not a valid one. */
export const standInsOf = (
  by: VerifiedMessage,
  mayWithdraw?: MayWithdraw,
): readonly VouchedStandIn[] => {
  const records = redactionOf(by.message, mayWithdraw);
  const { page } = by.message.payload;
  return records.ok ? records.value.map(({ id, header }) => ({ id, header, page, by })) : [];
};

/**
 * Stand-ins that wait for their place, by chain: those of the redactions that are held themselves, and those by another
 * device until the chain's own words bear them out.
 */
export type StandIns = {
  readonly at: (chain: string, seq: number) => readonly VouchedStandIn[];
  /** The chains in which some wait. */
  readonly chains: () => readonly string[];
  /** All of one chain. False: more than the chain's bound; they are there until `dropBy`. */
  readonly add: (standIns: readonly VouchedStandIn[]) => boolean;
  readonly dropBy: (by: VerifiedMessage) => void;
  /** This stands there now. What another device says of the place stays: it tells who waits for what cannot come. */
  readonly dropPlace: (chain: string, seq: number, id: MessageId) => void;
  readonly dropChain: (chain: string) => void;
};

/** Waiting stand-ins of one chain, by one device: far more than one person's pages give, little enough to keep in memory. */
const mostInChain = 65_536;

type Places = Map<number, readonly VouchedStandIn[]>;

/** As for what is held: changes are tried first, and nothing below is touched until `keep`. */
export type StandInBase = { readonly stage: () => StandIns & { readonly keep: () => void } };

export const createStandIns = (mayWithdraw?: MayWithdraw): StandInBase => {
  const kept = new Map<string, Places>();
  return {
    stage: () => {
      const staged = new Map<string, Places>();
      return {
        ...standInsIn(kept, staged, mayWithdraw),
        keep: () => {
          for (const [name, places] of staged) {
            if (places.size === 0) kept.delete(name);
            else kept.set(name, places);
          }
        },
      };
    },
  };
};

const standInsIn = (
  kept: ReadonlyMap<string, Places>,
  staged: Map<string, Places>,
  mayWithdraw: MayWithdraw | undefined,
): StandIns => {
  const look = (name: string): Places | undefined => staged.get(name) ?? kept.get(name);
  const touch = (name: string): Places => {
    const places = staged.get(name) ?? new Map(kept.get(name));
    staged.set(name, places);
    return places;
  };
  const at = (name: string, seq: number): readonly VouchedStandIn[] => look(name)?.get(seq) ?? [];
  return {
    at,
    chains: () =>
      [...new Set([...kept.keys(), ...staged.keys()])].filter(
        (name) => (look(name)?.size ?? 0) > 0,
      ),
    add: (standIns) => {
      for (const standIn of standIns) {
        const name = nameOf(standIn);
        const there = at(name, standIn.header.seq);
        if (there.some(({ id }) => id === standIn.id)) continue;
        touch(name).set(standIn.header.seq, [...there, standIn]);
      }
      const [first] = standIns;
      if (first === undefined) return true;
      const said = [...(look(nameOf(first))?.values() ?? [])].flat();
      const { device } = first.by.message.header;
      return said.filter(({ by }) => by.message.header.device === device).length <= mostInChain;
    },
    dropBy: (by) => {
      for (const standIn of standInsOf(by, mayWithdraw)) {
        const { seq } = standIn.header;
        const name = nameOf(standIn);
        const there = at(name, seq);
        const rest = there.filter((other) => other.by.message.id !== by.message.id);
        if (rest.length === there.length) continue;
        if (rest.length === 0) touch(name).delete(seq);
        else touch(name).set(seq, rest);
      }
    },
    dropPlace: (name, seq, id) => {
      const there = at(name, seq);
      const rest = there.filter((one) => one.id !== id && isByAnother(one));
      if (rest.length === there.length) return;
      if (rest.length === 0) touch(name).delete(seq);
      else touch(name).set(seq, rest);
    },
    dropChain: (name) => {
      if (look(name) !== undefined) staged.set(name, new Map());
    },
  };
};

const nameOf = ({ header }: StandIn): string => chainName(header.notebook, header.device);
