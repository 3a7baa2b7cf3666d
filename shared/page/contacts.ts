import type { PageId } from "../base/ids.ts";
import { byTime, type Card, type Day, isNewDraft } from "./card.ts";
import { dayAt } from "./day.ts";
import { saidOf } from "./said.ts";

/** Of a contact that was ended: what was done, and that there was contact after all, each on its day. */
export type ContactNote = { readonly card: Card; readonly day: Day };

/** By its writer alone: what somebody else says of it is left out. */
export type EndedContact = {
  readonly card: Card;
  /** In the order of their days. */
  readonly notes: readonly ContactNote[];
};

/** Newest first; drafts of mine are among the notes, and withdrawn ones stand as a trace. */
export const readContacts = (cards: readonly Card[]): readonly EndedContact[] => {
  const notes = notesByContact(cards);
  return cards
    .filter(({ kind, place }) => kind === "contact" && place === "shared")
    .toSorted((one, other) => byTime(other, one))
    .map((card) => ({
      card,
      notes: (notes.get(card.id) ?? []).filter((note) => note.card.author === card.author),
    }));
};

const notesByContact = (cards: readonly Card[]): ReadonlyMap<PageId, readonly ContactNote[]> => {
  const found = new Map<PageId, ContactNote[]>();
  for (const card of cards) {
    if (card.kind !== "contactStep" && card.kind !== "contactAgain") continue;
    if (card.of === undefined || (card.place === "draft" && !isNewDraft(card))) continue;
    const said = saidOf(card.kind, card.said);
    const note = { card, day: said?.day ?? dayAt(card.writtenAt) };
    found.set(card.of, [...(found.get(card.of) ?? []), note]);
  }
  for (const [of, list] of found)
    found.set(
      of,
      list.toSorted((one, other) =>
        one.day === other.day ? byTime(one.card, other.card) : one.day < other.day ? -1 : 1,
      ),
    );
  return found;
};
