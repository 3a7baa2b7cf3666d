import type { PageId } from "../base/ids.ts";
import type { Result } from "../base/result.ts";
import type { Card } from "../page/card.ts";
import type { PhotoRef } from "../page/photo.ts";
import type { Piece } from "../page/pieces.ts";

/** An entry as it goes into a file. */
export type WrittenEntry = {
  readonly card: Card;
  readonly pieces: readonly Piece[];
  readonly photos: {
    readonly read: (photo: PhotoRef) => Promise<Result<Uint8Array, string>>;
  };
};

export type ReadWritten = (page: PageId) => Promise<Result<WrittenEntry, string>>;

/** ENTRY: it could not be read. PHOTO: it is not, or not whole, on this computer; its words stand in its place. */
export type NotSaved = {
  readonly code: "ENTRY" | "PHOTO";
  readonly count: number;
  /** Entries, as their files are called; the first so many. */
  readonly where: readonly string[];
};

export type NotSavedNotes = {
  readonly add: (code: NotSaved["code"], where: string) => void;
  readonly list: () => readonly NotSaved[];
};

const mostNamed = 200;

export const createNotSaved = (): NotSavedNotes => {
  const notes = new Map<NotSaved["code"], NotSaved>();
  return {
    add: (code, where) => {
      const { count, where: named }: NotSaved = notes.get(code) ?? { code, count: 0, where: [] };
      const more = named.includes(where) || named.length >= mostNamed ? named : [...named, where];
      notes.set(code, { code, count: count + 1, where: more });
    },
    list: () => [...notes.values()],
  };
};

/**
 * One's own words alone, as they stand: never the partner's, never what is closed or withdrawn, and not the copy in
 * which a shared entry is being changed.
 */
export const maySave = (card: Card): boolean =>
  card.kind === "entry" &&
  card.author === "me" &&
  card.opened &&
  card.withdrawnAt === undefined &&
  card.trashedAt === undefined &&
  card.draft?.changes === undefined;

/** An entry that was begun and left. */
export const isBare = ({ card, pieces }: WrittenEntry): boolean =>
  card.title === "" &&
  card.tags.length === 0 &&
  card.feelings.length === 0 &&
  !pieces.some(saysSomething);

const saysSomething = (piece: Piece): boolean => {
  if (piece.kind === "words") return piece.text.trim() !== "";
  if (piece.kind === "break") return false;
  return "inside" in piece ? piece.inside.some(saysSomething) : true;
};

/** In the order in which they stand, each as often as it stands there. */
export const photosIn = (pieces: readonly Piece[]): readonly PhotoRef[] =>
  pieces.flatMap((piece): readonly PhotoRef[] => {
    if (piece.kind === "photo") return [piece.photo];
    return "inside" in piece ? photosIn(piece.inside) : [];
  });

/** A photo that is not there leaves what its writer said of it. */
export const wordsForMissing = (
  pieces: readonly Piece[],
  missing: ReadonlySet<PhotoRef>,
): readonly Piece[] =>
  pieces.flatMap((piece): readonly Piece[] => {
    if (piece.kind === "photo") {
      if (!missing.has(piece.photo)) return [piece];
      const { words } = piece.photo;
      return words === "" ? [] : [paragraph(words)];
    }
    return "inside" in piece
      ? [{ ...piece, inside: wordsForMissing(piece.inside, missing) }]
      : [piece];
  });

const paragraph = (text: string): Piece => ({
  kind: "paragraph",
  inside: [{ kind: "words", text, bold: false, italic: false, address: undefined }],
});
