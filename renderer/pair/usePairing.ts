import { useCallback, useEffect, useMemo, useState } from "react";
import type { Cancel } from "../../shared/base/clock.ts";
import type {
  Invited,
  Journal,
  Meeting,
  PairHow,
  PairingDesk,
  PairingTalk,
  PairingView,
} from "../../shared/journal/journal.ts";
import { useSurroundings } from "../ui/surroundings.ts";

/** How long an attempt keeps Twofold from locking by itself unless its person asks for longer, ms. */
const patience = 10 * 60_000;

/** One attempt at pairing; it goes on while its person looks at other screens. */
export type Pairing = {
  readonly desk: PairingDesk;
  /** Set when this side made the invitation. */
  readonly invited: (Invited & { readonly where: Where }) | undefined;
  readonly talk: PairingTalk | undefined;
  readonly as: MeetsAs;
  /** Whose computer is new, as soon as it is known; also after the words are gone from the screen. */
  readonly meeting: Meeting | undefined;
  /** A link that came from outside and has not been looked at. */
  readonly offered: string | undefined;
  readonly stays: boolean;
  readonly keepsOpen: boolean;
  /** Neither done nor ended. */
  readonly running: boolean;
  /** The two have met, and both have kept it. */
  readonly done: boolean;
  readonly offerLink: (link: string) => void;
  readonly beginInvited: (invited: Invited, where: Where, how: How) => void;
  readonly beginJoined: (talk: PairingTalk, how: How) => void;
  readonly stayUnlocked: (stays: boolean) => void;
  /** Puts the attempt away; one that still runs is cancelled. */
  readonly putAway: () => void;
};

export type Where = "here" | "apart";
/** Both computers are to be of one person. */
export type OwnHow = "adds" | "joins";
/** Undefined: what this computer holds says it. */
export type How = PairHow | OwnHow | undefined;
/**
 * new: no partner is known here · again: theirs is the new computer · back: this one may be, and knows its partner ·
 * lost: this one stays, and shuts out another of one's own · adds, joins: the other is another computer of the same person, and comes to this one or takes it in.
 */
export type MeetsAs = "new" | "back" | PairHow | OwnHow;

export const usePairing = ({
  pairing: desk,
  partner,
}: Pick<Journal, "pairing" | "partner">): Pairing => {
  const { clock } = useSurroundings();
  const [invited, setInvited] = useState<Pairing["invited"]>();
  const [talk, setTalk] = useState<PairingTalk>();
  const [as, setAs] = useState<MeetsAs>("new");
  const [offered, setOffered] = useState<string>();
  const [stays, setStays] = useState(false);
  const [patient, setPatient] = useState(false);
  const { step, meeting } = useHeard(talk);
  const done = step === "done";
  const running = step !== undefined && !done && step !== "ended";

  useEffect((): Cancel | undefined => {
    if (talk === undefined) return undefined;
    setPatient(true);
    return clock.after(patience, () => setPatient(false));
  }, [clock, talk]);
  // Locking takes this whole screen away, and with it the attempt.
  useEffect(() => () => talk?.cancel(), [talk]);

  const begin = useCallback(
    (next: PairingTalk | undefined, made: Pairing["invited"], how?: How) => {
      setTalk(next);
      setInvited(made);
      setStays(false);
      if (next === undefined) return;
      setAs(how ?? (partner.read() === undefined ? "new" : "back"));
      setOffered(undefined);
    },
    [partner],
  );

  return useMemo(
    () => ({
      desk,
      invited,
      talk,
      as,
      meeting,
      offered,
      stays,
      keepsOpen: running && (patient || stays),
      running,
      done,
      offerLink: setOffered,
      beginInvited: (made, where, how) => begin(made.talk, { ...made, where }, how),
      beginJoined: (next, how) => begin(next, undefined, how),
      stayUnlocked: setStays,
      putAway: () => begin(undefined, undefined),
    }),
    [desk, invited, talk, as, meeting, offered, stays, running, patient, done, begin],
  );
};

/** Where an attempt stands, and what of it outlives the step that said it. */
const useHeard = (
  talk: PairingTalk | undefined,
): {
  readonly step: PairingView["step"] | undefined;
  readonly meeting: Meeting | undefined;
} => {
  const [step, setStep] = useState<PairingView["step"]>();
  const [meeting, setMeeting] = useState<Meeting>();
  useEffect(() => {
    setMeeting(undefined);
    setStep(undefined);
    if (talk === undefined) return undefined;
    const see = () => {
      const view = talk.view.read();
      setStep(view.step);
      if (view.step === "words") setMeeting(view.meeting);
    };
    see();
    return talk.view.subscribe(see);
  }, [talk]);
  return { step, meeting };
};
