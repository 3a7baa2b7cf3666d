import { photosIn, type ReadWritten, wordsForMissing } from "../../shared/archive/savedEntry.ts";
import { accept } from "../../shared/base/result.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { readPieces } from "../../shared/page/pieces.ts";

/**
 * The words of any page that is open to me, as they stand now. Of photos only my own come along, and only where I
 * chose it; of the others the words stay.
 */
export const readForSession =
  (journal: Pick<Journal, "openPage">, withPhotos: boolean): ReadWritten =>
  async (id) => {
    const opened = await journal.openPage(id);
    if (!opened.ok) return opened;
    const page = opened.value;
    const card = page.card.read();
    const pieces = readPieces(page.body);
    await page.close();
    const left = withPhotos && card.author === "me" ? [] : photosIn(pieces);
    return accept({ card, pieces: wordsForMissing(pieces, new Set(left)), photos: page.photos });
  };
