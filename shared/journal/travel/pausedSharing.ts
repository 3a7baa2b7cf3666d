import { refuse } from "../../base/result.ts";
import type { KeyringContent } from "../../people/keyringContent.ts";
import type { Journal } from "../journal.ts";
import type { SharedShelf } from "../sharedShelf.ts";

/**
 * A journal from a backup is another device that holds the old one's keys. Danger: one message written in the old
 * device's chain would take a sequence number that may be in use, and read as a forgery to the partner (FORK). So
 * it reads what was shared and never writes or carries, until the two have met again (meetings.ts).
 */
export const isSharingPaused = ({ settings }: KeyringContent): boolean =>
  settings["restored"] === true;

/** The last gate: whatever asks, nothing is written or taken in. */
export const readOnlyShelf = (shelf: SharedShelf): SharedShelf => {
  const closed = async () => refuse("STORE_CLOSED");
  return {
    ...shelf,
    write: closed,
    writeAll: closed,
    vision: { ...shelf.vision, write: closed },
    ledger: { ...shelf.ledger, write: closed, receive: closed, redact: closed },
  };
};

type Sent =
  | ("share" | "askAgain" | "nod" | "sayDay" | "sayYes" | "endAgreement" | "withdraw")
  | ("sayPractice" | "agreeTo" | "endIt" | "layPace" | "clearPace");

/** What a screen is told instead. Drafts of all of it can be written. */
export const pausedActs = (): Pick<Journal, Sent> => {
  const paused = async () => refuse("SHARING_PAUSED");
  return {
    ...{ share: paused, askAgain: paused, nod: paused, sayDay: paused, withdraw: paused },
    ...{ sayYes: paused, endAgreement: paused },
    ...{ sayPractice: paused, agreeTo: paused, endIt: paused },
    ...{ layPace: paused, clearPace: paused },
  };
};
