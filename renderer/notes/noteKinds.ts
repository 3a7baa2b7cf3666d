import type { Card, PageKind } from "../../shared/page/card.ts";
import type { SidePlace } from "../app/sides.ts";

/** Notes that are one's own first, and are shared or not. */
const noteKinds = ["whenThen", "setback", "builds"] as const;
export type NoteKind = (typeof noteKinds)[number];
export type NoteCard = Card & { readonly kind: NoteKind };

export const notePlaces = {
  whenThen: "when-then",
  setback: "setbacks",
  builds: "before",
} as const satisfies Readonly<Record<NoteKind, SidePlace>>;

export const isNote =
  (kind: NoteKind) =>
  (card: Card): card is NoteCard =>
    card.kind === (kind satisfies PageKind);
