import type { Clock } from "../base/clock.ts";
import { createCell } from "../base/live.ts";
import type { PageId } from "../base/ids.ts";
import { createQueue } from "../base/queue.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { wipe } from "../crypto/wipe.ts";
import type { LedgerStores } from "../ledger/stores.ts";
import type { Card, PutOff } from "../page/card.ts";
import { openKeptShelf } from "../page/keptShelf.ts";
import type { Shelf } from "../page/shelf.ts";
import type { MasterKey } from "../vault/masterKey.ts";
import { subKey } from "../vault/masterKey.ts";
import { boardLifeboat, landLifeboat, type Lifeboat } from "./lifeboat.ts";
import { watchCards } from "./cardsView.ts";
import type { Room, RoomCode, RoomState } from "./journal.ts";
import { followCard, keptRhythm, openLivePage, type LivePage } from "./livePage.ts";
import { beginPage, removePage } from "./writing.ts";

/** The room's vault, apart from the shared one: other passphrase, other master key (PROTOCOL §2). */
export type RoomVault = {
  readonly make: (passphrase: string) => Promise<Result<MasterKey, RoomCode>>;
  readonly open: (passphrase: string) => Promise<Result<MasterKey, RoomCode>>;
};

export type RoomParts = {
  readonly vault: RoomVault;
  readonly isMade: () => boolean;
  readonly markMade: () => Promise<Result<void, RoomCode>>;
  readonly openStores: () => LedgerStores;
  readonly clock: Clock;
  readonly random: Random;
  readonly onTrouble: (code: string) => void;
  readonly lifeboat: Lifeboat;
};

type Inside = {
  readonly masterKey: MasterKey;
  readonly shelf: Shelf;
  readonly stopCards: () => void;
  readonly pages: Set<LivePage>;
};

/** My room: never on a carrier, never in the shared side's lists; what is open here closes with it. */
export const createRoom = (parts: RoomParts): Room => {
  const state = createCell<RoomState>({ state: "closed", made: parts.isMade() });
  const cards = createCell<readonly Card[]>([]);
  const turn = createQueue();
  let inside: Inside | undefined;

  const show = (now: RoomState["state"]): void => state.set({ state: now, made: parts.isMade() });

  const enter = async (key: MasterKey): Promise<Result<void, RoomCode>> => {
    const shelf = await openKeptShelf({
      ...parts,
      stores: parts.openStores(),
      rootKey: subKey(key, "TF/1 room"),
    });
    if (!shelf.ok) return shelf;
    const list = watchCards({
      sources: [{ facts: shelf.value.pages.facts, place: "room" }],
      isPartner: () => false,
      opened: createCell<ReadonlySet<PageId>>(new Set()),
      putOff: createCell<ReadonlyMap<PageId, PutOff>>(new Map()),
      clock: parts.clock,
    });
    const stopFollowing = list.subscribe(() => cards.set(list.read()));
    cards.set(list.read());
    inside = {
      masterKey: key,
      shelf: shelf.value,
      pages: new Set(),
      stopCards: () => {
        stopFollowing();
        list.stop();
      },
    };
    await landLifeboat(parts.lifeboat, "room", key, { room: shelf.value });
    return accept(undefined);
  };

  const through = (openKey: () => Promise<Result<MasterKey, RoomCode>>) =>
    turn(async (): Promise<Result<void, RoomCode>> => {
      if (inside !== undefined) return accept(undefined);
      show("opening");
      const key = await openKey();
      const entered = key.ok ? await enter(key.value) : key;
      show(entered.ok ? "open" : "closed");
      return entered;
    });

  return {
    state,
    cards,
    setUp: async (passphrase) => {
      if (parts.isMade()) return refuse("ROOM_EXISTS");
      return through(async () => {
        const made = await parts.vault.make(passphrase);
        if (!made.ok) return made;
        const marked = await parts.markMade();
        return marked.ok ? made : marked;
      });
    },
    unlock: (passphrase) =>
      through(async () => {
        const opened = await parts.vault.open(passphrase);
        if (!opened.ok || parts.isMade()) return opened;
        // The set-up was cut short after its vault was written: said now, so that no other one replaces it.
        const marked = await parts.markMade();
        return marked.ok ? opened : marked;
      }),
    lock: () =>
      turn(async () => {
        if (inside === undefined) return;
        const { shelf, pages, stopCards, masterKey } = inside;
        await Promise.all([...pages].map((page) => page.close()));
        for (const live of pages) {
          const words = live.unsealed();
          if (words !== undefined) {
            const { random } = parts;
            parts.lifeboat.put(
              "room",
              boardLifeboat({ masterKey, random }, "room", live.card.read().id, words),
            );
          }
          live.abandon();
        }
        wipe(masterKey);
        inside = undefined;
        stopCards();
        cards.set([]);
        await shelf.close();
        show("closed");
      }),
    draftEntry: async () =>
      inside === undefined
        ? refuse("ROOM_LOCKED")
        : (beginPage(inside.shelf, { kind: "entry" }, parts.random) as Promise<
            Result<PageId, RoomCode>
          >),
    openPage: async (page) => {
      const now = inside;
      if (now === undefined) return refuse("ROOM_LOCKED");
      const first = cards.read().find((card) => card.id === page);
      if (first === undefined) return refuse("NO_PAGE");
      const card = followCard(cards, page, first);
      const opened = await openLivePage({
        page,
        shelf: now.shelf,
        card,
        editable: true,
        rhythm: keptRhythm,
        clock: parts.clock,
        random: parts.random,
        onClosed: () => {
          card.stop();
          if (opened.ok) now.pages.delete(opened.value);
        },
      });
      if (opened.ok) now.pages.add(opened.value);
      else card.stop();
      return opened;
    },
    discard: async (page) =>
      inside === undefined ? refuse("ROOM_LOCKED") : removePage(inside.shelf, page),
  };
};
