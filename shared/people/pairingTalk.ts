import { beginStandings, confirmWords, takeMessage } from "./pairingSteps.ts";
import { parsePairingMessage } from "./pairingMessages.ts";
import {
  junk,
  newTalkState,
  partedFrom,
  stop,
  type TalkParts,
  type TalkState,
} from "./pairingState.ts";

/**
 * What the two ends say once their handshake stands: the four words, the couple root key, names and notebooks, and
 * then the storing, so that nothing is half-paired (PROTOCOL §4, steps 2 to 4).
 *
 *   standing ⇄ standing                               whether the two know each other, and who hands over (standing.ts)
 *   A → commit      B → nonce      A → nonce          both show the four words
 *   confirmed ⇄ confirmed                             each when its person says so
 *   share ⇄ share   material ⇄ material               now each holds the whole couple
 *   or, where one hands over: claims, then account    the newcomer first (meetingClaims.ts, meetingAccount.ts; to another
 *                                                     computer of one's own: ownAccount.ts)
 *   ready ⇄ ready                                     and knows that the other does: only now is it stored
 *   stored ⇄ stored                                   whoever hears nothing here takes back what it stored
 *   done ⇄ done                                       nobody hangs up before the other has heard
 *
 * The last-message window, honestly: no exchange can make two computers decide alike if the connection may break at
 * any moment. Here it is the flight of the later `stored`: its sender has heard `stored` and keeps the couple; if
 * that message is lost, its receiver takes the couple back and sees VANISHED. The same holds for a process that dies
 * between its own storing and hearing the other's. One is then paired with somebody who is not. No word is lost or
 * open to anyone by it (nothing was written in those notebooks yet), the two never meet, and pairing anew mends it:
 * a journal that has not met its partner once since pairing may pair again.
 */
export type Talk = {
  readonly start: () => void;
  readonly confirm: () => void;
  readonly differ: () => void;
  readonly cancel: () => void;
  /** As if the connection had broken. */
  readonly hangUp: () => void;
};

export const createTalk = (parts: TalkParts): Talk => {
  const state = newTalkState(parts);
  return {
    start: () => {
      parts.line.hear({
        onMessage: (sealed) => hear(state, sealed),
        onClose: () => partedFrom(state),
      });
      beginStandings(state);
      parts.show({ step: "meeting" });
    },
    confirm: () => confirmWords(state),
    differ: () => stop(state, "DIFFER"),
    cancel: () => stop(state, "CANCELLED"),
    hangUp: () => partedFrom(state),
  };
};

const hear = (state: TalkState, sealed: Uint8Array): void => {
  if (state.phase === "over") return;
  const opened = state.parts.transport.receive.open(sealed);
  const message = opened.ok ? parsePairingMessage(opened.value) : opened;
  if (!message.ok || !takeMessage(state, message.value)) junk(state);
};
