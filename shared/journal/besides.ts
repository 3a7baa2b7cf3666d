import { equalBytes } from "../base/bytes.ts";
import type { Cancel, Clock } from "../base/clock.ts";
import { type DeviceId, noPage } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { addedBody } from "../envelope/rosterNote.ts";
import type { LedgerMessage } from "../ledger/book.ts";
import type { StoreCode } from "../ledger/stores.ts";
import { makeCertificate } from "../people/certificate.ts";
import type { Couple } from "../people/space.ts";
import type { KeyringKeeper } from "./keys/keyringKeeper.ts";
import { type RosterNote, withNotes } from "./rosterNotes.ts";
import type { SharedShelf } from "./sharedShelf.ts";
import { noonOf } from "./travel/ownAcks.ts";

/** What the disk refused is tried again after this long, ms. */
const retryMs = 5_000;
/** A computer that was just added may be heard so long before the word of it, ms. */
const wordMs = 2_000;
/** Of one device; an app that writes on and on about computers makes no start slow. */
const mostNotes = 16;

/**
 * Learns which computers the two use, from the notes in `ours`, and tells of those that were added here (PROTOCOL §9).
 * The shelf is the only memory of both: whatever was cut short, the next start finds the same notes and the same gaps.
 */
export type Besides = {
  /** The couple with everybody of whom this shelf says so, once the keyring has it; undefined: nobody new. */
  readonly learn: (shelf: SharedShelf) => Promise<Couple | undefined>;
  /** Says of every computer that was added here that it is there; once, however often it is asked. */
  readonly announce: () => Promise<void>;
  /**
   * False while the disk has refused such a note. Danger: once words of that computer had come in, the note would say
   * that it has seen them, and whoever does not know of it yet would wait with the note for words that they refuse.
   */
  readonly mayCarry: () => boolean;
  /**
   * The troubles of a bond. Of a computer that nobody knows, only where no word of it has come: with that the bond is
   * another, and what was refused comes again. `stands`: it is still the same.
   */
  readonly reports: (stands: () => boolean) => (code: string) => void;
  /** This has come. */
  readonly heard: (messages: readonly LedgerMessage[]) => void;
  readonly stop: () => void;
};

export type BesidesParts = {
  readonly keyring: KeyringKeeper;
  readonly shelf: () => SharedShelf | undefined;
  /** A note has come, or one that the disk refused is to be looked at again. */
  readonly look: () => void;
  /** A note of one's own was written later than at the start: what carries has to hear of it. */
  readonly told: () => void;
  readonly isLocked: () => boolean;
  readonly clock: Clock;
  readonly onTrouble: (code: string) => void;
};

export const createBesides = (parts: BesidesParts): Besides => {
  const { keyring, clock, onTrouble } = parts;
  let cancelLook: Cancel = () => {};
  let cancelAnnounce: Cancel = () => {};
  let unsaid = false;

  const known = (shelf: SharedShelf) => {
    const { couple, keys } = keyring.content.read();
    // Of another couple, or of another device of this one, the shelf is closed soon.
    const self = makeCertificate(keys);
    return couple === undefined || shelf.chains.me !== self.device ? undefined : { couple, self };
  };

  const learn = async (shelf: SharedShelf): Promise<Couple | undefined> => {
    const notes = await notesIn(shelf, [...shelf.chains.inUse.mine, ...shelf.chains.inUse.theirs]);
    const here = known(shelf);
    if (here === undefined || parts.isLocked()) return undefined;
    const learned = withNotes(here.couple, here.self, notes, onTrouble);
    if (learned === here.couple) return undefined;
    const saved = await keyring.change((now) =>
      // Something else has changed it: it is looked at again.
      now.couple === here.couple ? { ...now, couple: learned } : now,
    );
    if (saved.ok && keyring.content.read().couple === learned) return learned;
    if (!saved.ok) onTrouble(saved.code);
    cancelLook();
    cancelLook = clock.after(retryMs, parts.look);
    return undefined;
  };

  const announceNow = async (shelf: SharedShelf): Promise<Result<boolean, StoreCode>> => {
    const here = known(shelf);
    const added = (here?.couple.beside ?? []).filter(
      ({ owner, older }) => owner === "me" && !older,
    );
    if (added.length === 0) return accept(false);
    const said = await notesIn(shelf, shelf.chains.inUse.mine);
    let told = false;
    for (const { certificate } of added) {
      const body = addedBody(certificate.bytes);
      if (said.some((note) => equalBytes(note.body, body))) continue;
      const written = await shelf.ledger.write({
        ...{ notebook: shelf.chains.ours, kind: "roster", page: noPage, body },
        // As an ack: the day and no more.
        time: noonOf(clock.now()),
      });
      if (!written.ok) return refuse(written.code === "TOO_LARGE" ? "STORE_FAILED" : written.code);
      told = true;
    }
    return accept(told);
  };

  const announce = async (late: boolean): Promise<void> => {
    const shelf = parts.shelf();
    if (shelf === undefined || parts.isLocked()) return;
    const told = await announceNow(shelf);
    unsaid = !told.ok;
    if (told.ok) {
      if (late) parts.told();
      return;
    }
    onTrouble(told.code);
    cancelAnnounce();
    cancelAnnounce = clock.after(retryMs, () => void announce(true));
  };

  return {
    learn,
    announce: () => announce(false),
    mayCarry: () => !unsaid,
    reports: (stands) => {
      let waits = false;
      const tell = (): void => {
        waits = false;
        if (stands() && !parts.isLocked()) onTrouble("UNKNOWN_DEVICE");
      };
      return (code) => {
        if (code !== "UNKNOWN_DEVICE") return onTrouble(code);
        if (!waits) clock.after(wordMs, tell);
        waits = true;
      };
    },
    heard: (messages) => {
      if (messages.some(({ kind }) => kind === "roster")) parts.look();
    },
    stop: () => {
      cancelLook();
      cancelAnnounce();
    },
  };
};

const notesIn = async (
  { ledger, chains }: SharedShelf,
  of: readonly DeviceId[],
): Promise<readonly RosterNote[]> => {
  const notes: RosterNote[] = [];
  for (const device of of) {
    const said = await ledger.firstOf(chains.ours, device, "roster", mostNotes);
    notes.push(...said.map(({ payload }) => ({ device, body: payload.body })));
  }
  return notes;
};
