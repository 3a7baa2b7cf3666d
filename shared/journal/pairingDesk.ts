import type { Clock } from "../base/clock.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { Wire } from "../base/wire.ts";
import { certificateMark, makeCertificate } from "../people/certificate.ts";
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
import { wipe } from "../crypto/wipe.ts";
import type { Hand } from "./hands.ts";
import type { UnlockCode } from "./doorCodes.ts";
import type { Invited, PairingDesk, PairingTalk } from "./journal.ts";
import type { MeetHow, Meetings } from "./meetings.ts";

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
  /** Of this computer as it is now. */
  readonly keys: () => PersonKeys;
  readonly clock: Clock;
  readonly random: Random;
  readonly meetings: Pick<
    Meetings,
    "mayMeet" | "hand" | "met" | "store" | "withdraw" | "over" | "settled"
  >;
  readonly meet: Meet;
  /** Whether this is the passphrase of this journal; wrong ones are counted. */
  readonly opens: (passphrase: string) => Promise<Result<void, UnlockCode>>;
  /** Where to meet: the embedded meeting point and those of the settings. */
  readonly addresses: () => Promise<readonly string[]>;
  /** Of these, what another computer can reach: goes into the link. */
  readonly publicAddresses: () => Promise<readonly string[]>;
  /** Both have stored it. `met` are the addresses that the invitation named. */
  readonly paired: (met: readonly string[]) => void;
};

const mostMarks = 32;

/** At most one attempt at a time: a new one ends the one before. */
export const createPairingDesk = (
  parts: PairingDeskParts,
): PairingDesk & { readonly dispose: () => void } => {
  const { meetings } = parts;
  let endCurrent = (): void => {};

  /** Also of invitations that were made with other keys: nobody meets themselves. */
  let ownMarks: readonly Uint8Array[] = [certificateMark(makeCertificate(parts.keys()))];

  /** A person's latest attempt is the one that counts; what of the one before is on the disk is gone before it begins. */
  const takeHand = async (how: MeetHow | undefined): Promise<Result<Hand, PairingCode>> => {
    endCurrent();
    await meetings.settled();
    const hand = meetings.hand(how);
    if (hand.ok)
      ownMarks = [...ownMarks, certificateMark(hand.value.certificate)].slice(-mostMarks);
    return hand;
  };

  const begin = (
    hand: Hand,
    invitation: Invitation,
    role: "inviter" | "joiner",
    addresses: readonly string[],
  ) => {
    endCurrent();
    const create = role === "inviter" ? createInviter : createJoiner;
    /** As the talk handed it over: the keyring has a copy. */
    let identity: Uint8Array | undefined;
    const side: PairingSide = create({
      invitation,
      ...{ keys: hand.keys, certificate: hand.certificate, standing: hand.standing },
      name: parts.name(),
      clock: parts.clock,
      random: parts.random,
      store: (couple, person) => {
        identity = person?.identity;
        return meetings.store(couple, hand.renewed ? hand.keys : undefined, person);
      },
      withdraw: meetings.withdraw,
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
      const { step } = side.talk.view.read();
      if (step === "words") meetings.met();
      if (step === "ended") meetings.over();
      if (step === "done") {
        unwatch();
        if (identity !== undefined) wipe(identity);
        // The inviter stays: who comes later with the same link is told that it is used.
        if (role === "joiner") meeting.close();
        parts.paired(invitation.meetingPoints);
      }
    });
    const untilExpiry = invitation.expiresAt - parts.clock.now();
    const cancelExpiry = parts.clock.after(untilExpiry, meeting.close);
    endCurrent = () => {
      endCurrent = () => {};
      cancelExpiry();
      // Heard to its end: it may be that both have stored it.
      side.dispose();
      unwatch();
      meeting.close();
      hand.wipe();
    };
    return side.talk;
  };

  const read = (link: string): Result<Invitation, InvitationCode> => {
    const [first, ...others] = ownMarks.map((ownMark) =>
      readInvitation(link, { clock: parts.clock, ownMark }),
    );
    return [first, ...others].find((one) => one?.ok === false) ?? first ?? refuse("OWN_INVITATION");
  };

  const invite = async (
    where: "here" | "apart",
    how: MeetHow | undefined,
  ): Promise<Result<Invited, PairingCode>> => {
    const may = meetings.mayMeet(how);
    if (!may.ok) return may;
    const addresses = await parts.addresses();
    if (addresses.length === 0) return refuse("NO_RENDEZVOUS");
    const meetingPoints = await parts.publicAddresses();
    const hand = await takeHand(how);
    if (!hand.ok) return hand;
    const invitation = makeInvitation({
      certificate: hand.value.certificate,
      ...{ where, meetingPoints, clock: parts.clock, random: parts.random },
    });
    const link = invitationLink(invitation);
    return accept({
      link,
      expiresAt: invitation.expiresAt,
      talk: begin(hand.value, invitation, "inviter", addresses),
    });
  };

  const join = async (
    link: string,
    how: MeetHow | undefined,
  ): Promise<Result<PairingTalk, InvitationCode | PairingCode>> => {
    const may = meetings.mayMeet(how);
    if (!may.ok) return may;
    const invitation = read(link);
    if (!invitation.ok) return invitation;
    const own = await parts.addresses();
    const addresses = [...new Set([...invitation.value.meetingPoints, ...own])];
    if (addresses.length === 0) return refuse("NO_RENDEZVOUS");
    const hand = await takeHand(how);
    return hand.ok ? accept(begin(hand.value, invitation.value, "joiner", addresses)) : hand;
  };

  return {
    invite,
    read: (link) => {
      const invitation = read(link);
      if (!invitation.ok) return invitation;
      const { expiresAt, meetingPoints } = invitation.value;
      return accept({ expiresAt, meetingPoints });
    },
    join,
    // Danger: "adds" is said here and nowhere else, behind the passphrase.
    adding: async (passphrase) => {
      const opens = await parts.opens(passphrase);
      if (!opens.ok) return opens;
      return accept({
        invite: (where) => invite(where, "adds"),
        join: (link) => join(link, "adds"),
      });
    },
    dispose: () => endCurrent(),
  };
};
