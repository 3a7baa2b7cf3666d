import { newId, type PageId } from "../../base/ids.ts";
import type { Random } from "../../base/random.ts";
import { readU32 } from "../../base/bytes.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import type { PageBody } from "../../page/card.ts";
import { copyForSharing } from "../../page/copyWords.ts";
import { describeEntry } from "../../page/entryMeta.ts";
import { newPageDoc, pageMeta, pageWords, startPage, type PageDoc } from "../../page/pageDoc.ts";
import type { PhotoRef } from "../../page/photo.ts";
import type { PhotoBox } from "../../page/photoBox.ts";
import { readPieces, writePieces, type Piece } from "../../page/pieces.ts";
import type { KeptShelf, Shelf } from "../../page/shelf.ts";
import type { BookCode } from "../entryBook.ts";
import type { PageCode } from "../openPage.ts";
import { readPage } from "../pages/writing.ts";

/**
 * Between my room and the shared side: a new page that says what the old one says, and nothing of where it comes
 * from. No history, no id, no hand and no photo's key of the original is in it. A photo that is not here, or cannot
 * be read, is not in the copy either.
 * @param carries "words": and the title, the day and the photos. Tags and feelings are words of the room that nobody
 * reads again before an entry is shared, so what leaves the room leaves without them.
 */
export const copyEntry = async (
  from: Shelf,
  original: PageId,
  to: KeptShelf,
  random: Random,
  carries: "all" | "words",
): Promise<Result<PageId, BookCode>> => {
  const facts = from.pages.facts.read().get(original);
  const read = await readPage(from, original, random);
  if (!read.ok) return read;
  if (facts === undefined) return refuse("NO_PAGE");
  const pieces = await copyPhotos(readPieces(bodyOf(read.value)), from.photos, to.photos);
  if (!pieces.ok) {
    read.value.destroy();
    return pieces;
  }
  const copy = newPageDoc(random);
  startPage(copy, { kind: "entry" });
  const title = pageMeta(read.value).get("title");
  if (typeof title === "string" && title !== "") pageMeta(copy).set("title", title);
  const { aboutAt = facts.writtenAt, tags, feelings } = facts;
  describeEntry(copy, carries === "all" ? { aboutAt, tags, feelings } : { aboutAt });
  writePieces(bodyOf(copy), pieces.value);
  read.value.destroy();
  const updates = copyForSharing(copy, readU32(random(4), 0));
  copy.destroy();
  const page = newId<PageId>(random);
  const written = await to.writeAll(updates.map((body) => ({ page, act: "begin", body })));
  return written.ok ? accept(page) : written;
};

const bodyOf = (doc: PageDoc): PageBody => pageWords(doc) as unknown as PageBody;

const copyPhotos = async (
  pieces: readonly Piece[],
  from: PhotoBox,
  to: PhotoBox,
): Promise<Result<readonly Piece[], PageCode>> => {
  const copied: Piece[] = [];
  for (const piece of pieces) {
    if (piece.kind === "photo") {
      const photo = await copyPhoto(piece.photo, from, to);
      if (!photo.ok) return photo;
      if (photo.value !== undefined) copied.push({ kind: "photo", photo: photo.value });
    } else if ("inside" in piece) {
      const inside = await copyPhotos(piece.inside, from, to);
      if (!inside.ok) return inside;
      copied.push({ ...piece, inside: inside.value });
    } else copied.push(piece);
  }
  return accept(copied);
};

const copyPhoto = async (
  photo: PhotoRef,
  from: PhotoBox,
  to: PhotoBox,
): Promise<Result<PhotoRef | undefined, PageCode>> => {
  const { width, height, type, words } = photo;
  const bytes = await from.read(photo);
  const added = bytes.ok ? await to.add({ bytes: bytes.value, width, height, type, words }) : bytes;
  if (added.ok) return added;
  const { code } = added;
  return code === "PHOTO_MISSING" || code === "PHOTO_DAMAGED" || code === "PHOTO_TOO_LARGE"
    ? accept(undefined)
    : refuse(code);
};
