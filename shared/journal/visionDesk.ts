import { readU32 } from "../base/bytes.ts";
import { breathe, type Clock } from "../base/clock.ts";
import { newId, type PageId } from "../base/ids.ts";
import type { Live } from "../base/live.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { Card } from "../page/card.ts";
import { cloneWords, copyForSharing } from "../page/copyWords.ts";
import { newPageDoc, pageWords, startPage, type PageDoc } from "../page/pageDoc.ts";
import { readPieces, writePieces } from "../page/pieces.ts";
import { dropEmpty } from "../page/visionDoc.ts";
import { visionVersions, whoseWords } from "../page/visionHistory.ts";
import { readVisions } from "../page/visions.ts";
import { plainWords } from "../page/words.ts";
import type { PageCode } from "./openPage.ts";
import { showVersions } from "./pages/history.ts";
import type { LiveWords } from "./pages/livePage.ts";
import { noPhotos } from "./pages/photos.ts";
import type { SharedShelf } from "./sharedShelf.ts";
import type { Vision, VisionPage } from "./vision.ts";

type VisionParts = {
  readonly cards: Live<readonly Card[]>;
  readonly shared: () => SharedShelf | undefined;
  readonly readable: () => SharedShelf | undefined;
  readonly open: () => Promise<Result<LiveWords, PageCode>>;
  readonly isPaused: () => boolean;
  readonly hasEnded: () => boolean;
  readonly clock: Clock;
  readonly random: Random;
};

export const createVision = (parts: VisionParts): Vision => {
  const { clock, random } = parts;

  const past = async () => {
    const vision = parts.readable()?.vision;
    if (vision === undefined) return refuse("NO_PAGE");
    const said = await vision.said();
    const pause = () => breathe(clock);
    return said.ok ? accept({ said: said.value, hands: vision.hands, random, pause }) : said;
  };

  const quiet = (): Result<void, PageCode> => {
    if (parts.isPaused()) return refuse("SHARING_PAUSED");
    return parts.hasEnded() ? refuse("JOURNAL_ENDED") : accept(undefined);
  };

  /** The words as they stand on this screen: whoever says yes says it to them. */
  const propose = async (doc: PageDoc): Promise<Result<PageId, PageCode>> => {
    const may = quiet();
    if (!may.ok) return may;
    const shared = parts.shared();
    if (shared === undefined) return refuse("NO_PAGE");
    if (plainWords(pageWords(doc), 1) === "") return refuse("EMPTY");
    const { agreed } = readVisions(parts.cards.read());
    const copy = newPageDoc(random);
    const of = agreed === undefined ? {} : { of: agreed.card.id };
    startPage(copy, { kind: "visionVersion", ...of });
    cloneWords(doc, copy);
    const pieces = copyForSharing(copy, readU32(random(4), 0));
    copy.destroy();
    const page = newId<PageId>(random);
    const written = await shared.writeAll(
      pieces.map((body) => ({ page, act: "begin" as const, body })),
    );
    return written.ok ? accept(page) : written;
  };

  return {
    open: async () => {
      const opened = await parts.open();
      if (!opened.ok) return opened;
      const { doc, body, editable, saved, flush, close } = opened.value;
      const bringBack: VisionPage["bringBack"] = async (version) => {
        const may = quiet();
        if (!may.ok) return may;
        if (!editable) return refuse("NOT_YOURS");
        const words = readPieces(version.body);
        doc.transact(() => {
          const all = pageWords(doc);
          all.delete(0, all.length);
          writePieces(body, words);
        });
        return flush();
      };
      return accept({
        ...{ body, editable, saved, flush, close, bringBack },
        makeWhole: () => {
          if (editable && quiet().ok) dropEmpty(doc);
        },
        propose: () => propose(doc),
      });
    },
    openHistory: async () => {
      const found = await past();
      if (!found.ok) return found;
      return accept(showVersions(await visionVersions(found.value), random, noPhotos));
    },
    whose: async () => {
      const found = await past();
      return found.ok ? accept(await whoseWords(found.value)) : found;
    },
  };
};
