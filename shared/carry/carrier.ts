import type { Doc } from "yjs";
import type { DeviceId } from "../base/ids.ts";

/**
 * Moves an airlock's disposable document between the two computers (PROTOCOL §8).
 * A carrier sees envelopes only; it may lose, repeat, reorder or forge them, and the airlock copes.
 * Every carrier passes test/contract/carrier.suite.ts.
 */
export type Carrier = {
  readonly name: "webrtc" | "memory" | "mailbox" | "folder";
  /** Starts to carry; the document belongs to the carrier until `stop` has resolved. */
  readonly carry: (airlock: Doc, tell: (event: CarrierEvent) => void) => Carrying;
};

export type Carrying = {
  readonly stop: () => Promise<void>;
};

/**
 * `met` comes once the other end has proved a device of the roster; `parted` once for every `met`.
 * Neither is ever stored or shown as presence.
 */
export type CarrierEvent =
  | { readonly type: "met"; readonly device: DeviceId }
  | { readonly type: "parted"; readonly device: DeviceId }
  | { readonly type: "trouble"; readonly code: CarrierCode };

/**
 * NO_RENDEZVOUS: no configured address answers. NOT_KNOWN: someone in the room lacks our keys.
 * JUNK: bytes that are not our protocol. STALLED: a connection that carries nothing. TOO_MUCH: over a cap.
 * NO_MAILBOX: it does not answer. MAILBOX_REFUSED: it lets this couple in no more, or takes nothing from them.
 * MAILBOX_FULL: there is no room for more of theirs. MAILBOX_SPOILED: it gives back other things than were put in.
 * NO_FOLDER: it is not there, or not now. FOLDER_REFUSED: this app may not read or write in it. FOLDER_FULL: so is the
 * disk on which it lies. FOLDER_CROWDED: more lies there than is looked at.
 */
export type CarrierCode =
  | "NO_RENDEZVOUS"
  | "NOT_KNOWN"
  | "JUNK"
  | "STALLED"
  | "TOO_MUCH"
  | "NO_MAILBOX"
  | "MAILBOX_REFUSED"
  | "MAILBOX_FULL"
  | "MAILBOX_SPOILED"
  | "NO_FOLDER"
  | "FOLDER_REFUSED"
  | "FOLDER_FULL"
  | "FOLDER_CROWDED";

/** The one shared type in an airlock document: Y.Map of envelope key → envelope bytes. */
export const airlockMap = "envelopes";
