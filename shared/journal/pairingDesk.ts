import type { Clock } from "../base/clock.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { Wire } from "../base/wire.ts";
import { certificateMark, type Certificate } from "../people/certificate.ts";
import type { InvitationCode, PairingCode } from "../people/codes.ts";
import {
  invitationLink,
  invitationSignalKey,
  invitationTopic,
  makeInvitation,
  readInvitation,
  type Invitation,
} from "../people/invitation.ts";
import type { PersonKeys } from "../people/person.ts";
import { createInviter, createJoiner, type PairingSide } from "../people/pairing.ts";
import type { Couple } from "../people/space.ts";
import type { PairingDesk } from "./journal.ts";

/** Brings the two computers together for pairing; renderer/carriers/pairingWire.ts. */
export type Meet = (meeting: {
  readonly topic: string;
  /** 32 bytes; seals the signalling. */
  readonly signalKey: Uint8Array;
  readonly role: "inviter" | "joiner";
  readonly addresses: readonly string[];
  readonly onWire: (wire: Wire) => void;
  readonly onTrouble: (code: PairingCode) => void;
}) => { readonly close: () => void };

export type PairingDeskParts = {
  readonly name: () => string;
  readonly keys: PersonKeys;
  readonly certificate: Certificate;
  readonly clock: Clock;
  readonly random: Random;
  readonly isPaired: () => boolean;
  readonly meet: Meet;
  /** Where to meet: the embedded meeting point and those of the settings. */
  readonly addresses: () => Promise<readonly string[]>;
  /** Of these, what another computer can reach: goes into the link. */
  readonly publicAddresses: () => Promise<readonly string[]>;
  readonly store: (couple: Couple) => Promise<boolean>;
  readonly withdraw: () => Promise<void>;
  /** Both have stored it. `met` are the addresses that the invitation named. */
  readonly paired: (met: readonly string[]) => void;
};

/** At most one attempt at a time: a new one ends the one before. */
export const createPairingDesk = (
  parts: PairingDeskParts,
): PairingDesk & { readonly dispose: () => void } => {
  let endCurrent = (): void => {};

  const ownMark = certificateMark(parts.certificate);

  const begin = (
    invitation: Invitation,
    role: "inviter" | "joiner",
    addresses: readonly string[],
  ) => {
    endCurrent();
    const create = role === "inviter" ? createInviter : createJoiner;
    const side: PairingSide = create({
      invitation,
      keys: parts.keys,
      certificate: parts.certificate,
      name: parts.name(),
      clock: parts.clock,
      random: parts.random,
      store: parts.store,
      withdraw: parts.withdraw,
    });
    const meeting = parts.meet({
      topic: invitationTopic(invitation),
      signalKey: invitationSignalKey(invitation),
      role,
      addresses,
      onWire: side.accept,
      onTrouble: side.giveUp,
    });
    const unwatch = side.talk.view.subscribe(() => {
      const view = side.talk.view.read();
      if (view.step === "done") {
        unwatch();
        // The inviter stays: who comes later with the same link is told that it is used.
        if (role === "joiner") meeting.close();
        parts.paired(invitation.meetingPoints);
      }
    });
    const untilExpiry = invitation.expiresAt - parts.clock.now();
    const cancelExpiry = parts.clock.after(untilExpiry, meeting.close);
    endCurrent = () => {
      unwatch();
      cancelExpiry();
      side.dispose();
      meeting.close();
    };
    return side.talk;
  };

  const read = (link: string): Result<Invitation, InvitationCode> =>
    readInvitation(link, { clock: parts.clock, ownMark });

  return {
    invite: async (where) => {
      if (parts.isPaired()) return refuse<PairingCode>("ALREADY_PAIRED");
      const addresses = await parts.addresses();
      if (addresses.length === 0) return refuse<PairingCode>("NO_RENDEZVOUS");
      const invitation = makeInvitation({
        certificate: parts.certificate,
        where,
        meetingPoints: await parts.publicAddresses(),
        clock: parts.clock,
        random: parts.random,
      });
      const link = invitationLink(invitation);
      return accept({
        link,
        expiresAt: invitation.expiresAt,
        talk: begin(invitation, "inviter", addresses),
      });
    },
    read: (link) => {
      const invitation = read(link);
      if (!invitation.ok) return invitation;
      const { expiresAt, meetingPoints } = invitation.value;
      return accept({ expiresAt, meetingPoints });
    },
    join: async (link) => {
      if (parts.isPaired()) return refuse<PairingCode>("ALREADY_PAIRED");
      const invitation = read(link);
      if (!invitation.ok) return invitation;
      const own = await parts.addresses();
      const addresses = [...new Set([...invitation.value.meetingPoints, ...own])];
      if (addresses.length === 0) return refuse<PairingCode>("NO_RENDEZVOUS");
      return accept(begin(invitation.value, "joiner", addresses));
    },
    dispose: () => endCurrent(),
  };
};
