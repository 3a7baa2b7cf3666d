import type { DeviceId } from "../base/ids.ts";
import type { ChainView } from "./chain.ts";
import type { MessageHeader } from "./message.ts";
import type { SeenHead } from "./payload.ts";
import type { Rules } from "./verify.ts";

/** What follows from a person's having several devices, one after the other or beside one another. */
export type Devices = {
  /** All of one person's, in no order; itself at least. */
  readonly ofPerson: (device: DeviceId) => readonly DeviceId[];
  /** This device, those that it replaced, and those beside it. */
  readonly isMine: (device: DeviceId) => boolean;
  /** One's own that is gone, and whose words can come here from nobody but the partner. */
  readonly comesBack: (device: DeviceId) => boolean;
  readonly isGone: (device: DeviceId) => boolean;
  /** Whoever writes here, or has written. */
  readonly isKnown: (device: DeviceId) => boolean;
  readonly mayWithdraw: MayWithdraw;
  /** Whether a head that is not known here may be yet: what waits for one that cannot come waits for good. */
  readonly mayCome: (head: SeenHead, chains: ChainView) => boolean;
};

/**
 * Whether a device may withdraw this message of another. Of the same person, in the same notebook and space, within
 * its cut: one in use that of any other; one that is gone only that of others that are gone, since they may have stood
 * beside it. Danger: of a gone device the partner may hand over whatever they like up to its cut, at any time; could
 * it withdraw what one in use wrote, the partner could take away my words of today.
 */
export type MayWithdraw = (by: MessageHeader, of: MessageHeader) => boolean;

export const devicesOf = ({
  me,
  selves = [],
  beside,
  roster,
  notebooks,
  past,
  ...rules
}: Rules): Devices => {
  const person = rules.person ?? ((device: DeviceId) => device);
  const formerSelves = new Set(selves.map(({ device }) => device));
  const comingBack = new Set(
    selves.flatMap(({ device, handedOn }) => (handedOn === true ? [] : [device])),
  );
  const gone = new Map(
    roster.flatMap(({ device, cuts }) => (cuts === undefined ? [] : [[device, cuts] as const])),
  );
  const isGone = (device: DeviceId): boolean => gone.has(device) || formerSelves.has(device);
  const known = new Set([
    ...selves.map(({ device }) => device),
    ...gone.keys(),
    ...(past?.devices ?? []),
    ...roster.map(({ device }) => device),
    me.device,
  ]);

  return {
    ofPerson: (device) => {
      const all = [...known].filter((other) => person(other) === person(device));
      return all.length === 0 ? [device] : all;
    },
    isMine: (device) =>
      device === me.device || formerSelves.has(device) || beside?.devices.has(device) === true,
    comesBack: (device) => comingBack.has(device),
    isGone,
    isKnown: (device) => known.has(device) || beside?.devices.has(device) === true,
    mayWithdraw: (by, of) =>
      by.notebook === of.notebook &&
      by.space === of.space &&
      person(by.device) === person(of.device) &&
      (!isGone(by.device) || isGone(of.device)) &&
      of.seq <= (gone.get(of.device)?.get(of.notebook) ?? (gone.has(of.device) ? 0 : Infinity)),
    mayCome: ({ device, seq, id }, chains) => {
      if (past !== undefined && device !== me.device) return past.vouched.has(id);
      const cuts = gone.get(device);
      if (cuts === undefined) return true;
      return notebooks.some(
        ({ id: notebook }) =>
          seq <= (cuts.get(notebook) ?? 0) &&
          !chains.isFrozen(notebook, device) &&
          (chains.headOf(notebook, device)?.seq ?? 0) < seq,
      );
    },
  };
};
