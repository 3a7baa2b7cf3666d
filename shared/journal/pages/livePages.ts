import type { Clock } from "../../base/clock.ts";
import { noPage, type PageId } from "../../base/ids.ts";
import type { Live } from "../../base/live.ts";
import type { Random } from "../../base/random.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import type { Card } from "../../page/card.ts";
import type { Shelf } from "../../page/shelf.ts";
import { visionDocFor } from "../../page/visionDoc.ts";
import type { MasterKey } from "../../vault/masterKey.ts";
import type { OpenPage, PageCode } from "../openPage.ts";
import { boardLifeboat, type Lifeboat, type LifeboatShelf } from "../lifeboat.ts";
import type { VisionShelf } from "../visionShelf.ts";
import {
  carriedRhythm,
  followCard,
  keptRhythm,
  openLivePage,
  openLiveWords,
  type LivePage,
  type LiveWords,
  type WordsShelf,
} from "./livePage.ts";

/** The pages of the shared side that stand open on some screen right now. */
export type LivePages = {
  readonly open: (page: PageId) => Promise<Result<OpenPage, PageCode>>;
  /** The page that both write. */
  readonly openVision: () => Promise<Result<LiveWords, PageCode>>;
  /** Saves what was typed; the page stays open. */
  readonly flushOne: (page: PageId) => Promise<Result<void, PageCode>>;
  /** The same of all that stand open; refused by the first whose words cannot be saved. */
  readonly flushAll: () => Promise<Result<void, PageCode>>;
  /** Before its draft is shared or discarded. Refused where its last words cannot be saved. */
  readonly closeOne: (page: PageId) => Promise<Result<void, PageCode>>;
  /** Before locking: what cannot be saved boards the lifeboat. */
  readonly closeAll: (masterKey: MasterKey) => Promise<void>;
};

export type LivePagesParts = {
  readonly cards: Live<readonly Card[]>;
  readonly drafts: Shelf;
  readonly shared: () => (Shelf & { readonly vision: VisionShelf }) | undefined;
  /** Nothing is shared any more, or not yet again. */
  readonly isQuiet: () => boolean;
  /** A shared page that is being withdrawn. */
  readonly isLeaving: (page: PageId) => boolean;
  readonly lifeboat: Lifeboat;
  readonly clock: Clock;
  readonly random: Random;
};

export const createLivePages = (parts: LivePagesParts): LivePages => {
  const { cards, drafts, clock, random } = parts;
  const pages = new Set<LivePage>();
  const visions = new Set<LiveWords>();
  const all = (): readonly LiveWords[] => [...pages, ...visions];

  const rescue = (
    live: LiveWords,
    shelf: LifeboatShelf,
    id: PageId,
    masterKey: MasterKey,
  ): void => {
    const words = live.unsealed();
    if (words === undefined) return;
    parts.lifeboat.put("shared", boardLifeboat({ masterKey, random }, shelf, id, words));
  };

  return {
    open: async (page) => {
      const found = cards.read().find(({ id }) => id === page);
      if (found === undefined || isClosed(found)) return refuse("NO_PAGE");
      if (found.kind === "newer") return refuse("NEWER_KIND");
      const shelf = found.place === "shared" ? parts.shared() : drafts;
      if (shelf === undefined) return refuse("NO_PAGE");
      const card = followCard(cards, page, found);
      const live = await openLivePage({
        page,
        shelf,
        card,
        editable: isEditable(found) && !isBeingShared(drafts, page) && !parts.isLeaving(page),
        rhythm: found.place === "shared" ? carriedRhythm : keptRhythm,
        ...(found.place === "draft" && { photosElsewhere: () => parts.shared()?.photos }),
        clock,
        random,
        onClosed: () => {
          card.stop();
          if (live.ok) pages.delete(live.value);
        },
      });
      if (live.ok) pages.add(live.value);
      else card.stop();
      return live;
    },
    openVision: async () => {
      const shared = parts.shared();
      const shelf = wordsOfVision(shared);
      if (shared === undefined || shelf === undefined) return refuse("NO_PAGE");
      const live = await openLiveWords({
        page: noPage,
        shelf,
        doc: visionDocFor(shared.vision.hands.me, random),
        editable: !parts.isQuiet(),
        rhythm: carriedRhythm,
        clock,
        random,
        onClosed: () => {
          if (live.ok) visions.delete(live.value);
        },
      });
      if (live.ok) visions.add(live.value);
      return live;
    },
    flushOne: (page) => flushPage(pages, page),
    flushAll: async () => {
      for (const live of all()) {
        const flushed = await live.flush();
        if (!flushed.ok) return flushed;
      }
      return accept(undefined);
    },
    closeOne: (page) => closePage(pages, page),
    closeAll: async (masterKey) => {
      await Promise.all(all().map((page) => page.close()));
      for (const live of pages) {
        const { id, place } = live.card.read();
        rescue(live, place === "shared" ? "carried" : "drafts", id, masterKey);
      }
      for (const live of visions) rescue(live, "vision", noPage, masterKey);
      for (const live of all()) live.abandon();
    },
  };
};

/** The page that both write, as what is open needs it. Nobody takes it away, and it has no photos. */
export const wordsOfVision = (
  shelf: { readonly vision: VisionShelf } | undefined,
): WordsShelf | undefined =>
  shelf && {
    pages: {
      watch: (_, hear) => shelf.vision.watch(hear),
      read: async () => {
        const state = await shelf.vision.read();
        if (!state.ok) return state;
        return accept({ state: state.value, gone: false, withdrawnAt: undefined });
      },
    },
    photos: undefined,
    write: (_, __, update) => shelf.vision.write(update),
  };

/** Of these, whichever are editors of that page. Refused where their last words cannot be saved; then they stay. */
export const flushPage = async (
  open: Iterable<LivePage>,
  page: PageId,
): Promise<Result<void, PageCode>> => {
  for (const live of [...open]) {
    if (live.card.read().id !== page) continue;
    const flushed = await live.flush();
    if (!flushed.ok) return flushed;
  }
  return accept(undefined);
};

export const closePage = async (
  open: Iterable<LivePage>,
  page: PageId,
): Promise<Result<void, PageCode>> => {
  for (const live of [...open]) {
    if (live.card.read().id !== page) continue;
    const flushed = await live.flush();
    if (!flushed.ok) return flushed;
    await live.close();
  }
  return accept(undefined);
};

/** The draft is on its way: it does not change any more. */
export const isBeingShared = (drafts: Shelf, page: PageId): boolean =>
  drafts.pages.facts.read().get(page)?.sharing === true;

/** What is closed shows no word of itself to any screen; a trace has none. */
const isClosed = ({ opened, withdrawnAt }: Card): boolean => !opened && withdrawnAt === undefined;

/** My drafts, and my entries until they are withdrawn; whatever else was sent is changed in a copy. */
const isEditable = (card: Card): boolean =>
  card.place === "draft" ||
  (card.place === "shared" &&
    card.author === "me" &&
    card.kind === "entry" &&
    card.withdrawnAt === undefined);
