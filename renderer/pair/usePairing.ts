import { useCallback, useEffect, useMemo, useState } from "react";
import type { Cancel } from "../../shared/base/clock.ts";
import type { Invited, PairingDesk, PairingTalk } from "../../shared/journal/journal.ts";
import { useSurroundings } from "../ui/surroundings.ts";

/** How long an attempt keeps Twofold from locking by itself unless its person asks for longer, ms. */
const patience = 10 * 60_000;

/** One attempt at pairing; it goes on while its person looks at other screens. */
export type Pairing = {
  readonly desk: PairingDesk;
  /** Set when this side made the invitation. */
  readonly invited: (Invited & { readonly where: Where }) | undefined;
  readonly talk: PairingTalk | undefined;
  /** A link that came from outside and has not been looked at. */
  readonly offered: string | undefined;
  readonly stays: boolean;
  readonly keepsOpen: boolean;
  readonly offerLink: (link: string) => void;
  readonly beginInvited: (invited: Invited, where: Where) => void;
  readonly beginJoined: (talk: PairingTalk) => void;
  readonly stayUnlocked: (stays: boolean) => void;
  /** Puts the attempt away; one that still runs is cancelled. */
  readonly putAway: () => void;
};

export type Where = "here" | "apart";

export const usePairing = (desk: PairingDesk): Pairing => {
  const { clock } = useSurroundings();
  const [invited, setInvited] = useState<Pairing["invited"]>();
  const [talk, setTalk] = useState<PairingTalk>();
  const [offered, setOffered] = useState<string>();
  const [stays, setStays] = useState(false);
  const [patient, setPatient] = useState(false);
  const running = useRunning(talk);

  useEffect((): Cancel | undefined => {
    if (talk === undefined) return undefined;
    setPatient(true);
    return clock.after(patience, () => setPatient(false));
  }, [clock, talk]);
  // Locking takes this whole screen away, and with it the attempt.
  useEffect(() => () => talk?.cancel(), [talk]);

  const begin = useCallback((next: PairingTalk | undefined, made: Pairing["invited"]) => {
    setTalk(next);
    setInvited(made);
    setStays(false);
    if (next !== undefined) setOffered(undefined);
  }, []);

  return useMemo(
    () => ({
      desk,
      invited,
      talk,
      offered,
      stays,
      keepsOpen: running && (patient || stays),
      offerLink: setOffered,
      beginInvited: (made, where) => begin(made.talk, { ...made, where }),
      beginJoined: (next) => begin(next, undefined),
      stayUnlocked: setStays,
      putAway: () => begin(undefined, undefined),
    }),
    [desk, invited, talk, offered, stays, running, patient, begin],
  );
};

const useRunning = (talk: PairingTalk | undefined): boolean => {
  const [running, setRunning] = useState(false);
  useEffect(() => {
    if (talk === undefined) {
      setRunning(false);
      return undefined;
    }
    const see = () => setRunning(!["done", "ended"].includes(talk.view.read().step));
    see();
    return talk.view.subscribe(see);
  }, [talk]);
  return running;
};
