import type { Live } from "../base/live.ts";
import type { PairingCode } from "./codes.ts";

/** What screens see of one attempt. Ends in `done` or `ended`, and then never changes again. */
export type PairingView =
  | { readonly step: "waiting" }
  | { readonly step: "meeting" }
  | {
      readonly step: "words";
      readonly words: readonly string[];
      readonly confirmed: boolean;
      readonly meeting: MeetingKind;
      /** The other shows another identity key than the one that is known here. */
      readonly otherKeys: boolean;
    }
  | { readonly step: "finishing" }
  | { readonly step: "done"; readonly partner: { readonly name: string } }
  | { readonly step: "ended"; readonly code: PairingCode };

/**
 * Whose computer is new; "mine" also where this one was restored and holds the journal. adds: the other is another
 * computer of this person's · joins: this is the other computer.
 */
export type MeetingKind = "first" | "theirs" | "mine" | "adds" | "joins";

export type PairingTalk = {
  readonly view: Live<PairingView>;
  readonly confirm: () => void;
  /** Nothing in `waiting` and `meeting`: there were no words yet. Nothing once storing began. */
  readonly differ: () => void;
  /** Nothing once storing began: the other may already count on us. */
  readonly cancel: () => void;
};
