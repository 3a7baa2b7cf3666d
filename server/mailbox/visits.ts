import type { Guest } from "./guest.ts";
import { parseBoxName, tokenFits } from "./names.ts";
import type { Refusal, Rooms } from "./rooms.ts";

/** Who was let in to which document: on the way to it, or there. */
export type Visits = {
  readonly letIn: (name: string, token: string, guest: Guest) => Promise<Refusal | undefined>;
  readonly arrived: (name: string, guest: Guest) => void;
  readonly left: (name: string, guest: Guest) => void;
  /** True while somebody was let in to the document whom Hocuspocus has not given it to. */
  readonly isExpected: (name: string) => boolean;
};

export type VisitsParts = {
  readonly rooms: Rooms;
  /** Undefined, or what ends when the document has left memory. */
  readonly unloading: (name: string) => Promise<void> | undefined;
  /** Nobody is expected any more: it may leave memory if it had to wait. */
  readonly onUnexpected: (name: string) => void;
};

type State = "coming" | "here";

export const createVisits = ({ rooms, unloading, onUnexpected }: VisitsParts): Visits => {
  const visits = new WeakMap<Guest, Map<string, State>>();
  const expected = new Map<string, number>();

  const expect = (name: string, change: 1 | -1) => {
    const count = (expected.get(name) ?? 0) + change;
    if (count > 0) expected.set(name, count);
    else expected.delete(name);
  };

  const letIn = async (name: string, token: string, guest: Guest): Promise<Refusal | undefined> => {
    const box = parseBoxName(name);
    if (box === undefined || !tokenFits(token, box.couple)) return "not yours";
    if ((guest.couple() ?? box.couple) !== box.couple) return "not yours";
    guest.belongTo(box.couple);
    const entered = await rooms.enter(box, guest);
    if (!entered.ok) return entered.code;
    // On its way out of memory a document must not be handed to anybody: what they write would be lost.
    for (let end = unloading(name); end !== undefined; end = unloading(name)) await end;
    if (!guest.isOpen()) {
      rooms.leave(box, guest);
      return "busy";
    }
    const theirs = visits.get(guest) ?? new Map<string, State>();
    visits.set(guest, theirs.set(name, "coming"));
    expect(name, 1);
    return undefined;
  };

  return {
    letIn,
    arrived: (name, guest) => {
      const theirs = visits.get(guest);
      if (theirs?.get(name) !== "coming") return;
      theirs.set(name, "here");
      expect(name, -1);
    },
    left: (name, guest) => {
      const box = parseBoxName(name);
      const theirs = visits.get(guest);
      const state = theirs?.get(name);
      if (box === undefined || state === undefined) return;
      theirs?.delete(name);
      if (state === "coming") {
        expect(name, -1);
        if (!expected.has(name)) onUnexpected(name);
      }
      rooms.leave(box, guest);
    },
    isExpected: (name) => expected.has(name),
  };
};
