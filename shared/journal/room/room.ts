import type { Clock } from "../../base/clock.ts";
import { createCell, type Live } from "../../base/live.ts";
import type { PageId } from "../../base/ids.ts";
import { createQueue, type Queue } from "../../base/queue.ts";
import type { Random } from "../../base/random.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import { wipe } from "../../crypto/wipe.ts";
import type { PaddedStores } from "../../ledger/paddedStores.ts";
import type { Card, PutOff } from "../../page/card.ts";
import { openKeptShelf } from "../../page/keptShelf.ts";
import type { KeptShelf, Shelf } from "../../page/shelf.ts";
import type { MasterKey } from "../../vault/masterKey.ts";
import { subKey } from "../../vault/masterKey.ts";
import { boardLifeboat, landLifeboat, type Lifeboat } from "../lifeboat.ts";
import { createBackupDesk } from "../backup/backupDesk.ts";
import { passingNotes } from "../backup/backupNotes.ts";
import { showApart, watchCards } from "../pages/cardsView.ts";
import { copyEntry } from "../book/copyEntry.ts";
import { closePage, flushPage } from "../pages/livePages.ts";
import { createEntryBook } from "../book/book.ts";
import type { OpenIndex } from "../find/entryIndex.ts";
import type { BookCode } from "../entryBook.ts";
import type { Room, RoomCode, RoomState } from "../journal.ts";
import type { OpenPage } from "../openPage.ts";
import type { RoomMade } from "./roomMade.ts";
import type { RoomVault } from "./roomVault.ts";
import { restoreRoom, type RoomRestoreVault } from "./roomRestore.ts";
import { openersPage, openOpenersSeen, type OpenersSeen } from "../book/openersSeen.ts";
import { openRoomStores, type RoomStoresParts } from "./roomStores.ts";
import { createTroubleBook } from "../troubles.ts";
import { followCard, keptRhythm, openLivePage, type LivePage } from "../pages/livePage.ts";

export type RoomParts = {
  readonly vault: RoomVault;
  readonly made: RoomMade;
  /**
   * One change of the room's vault file after the other, from what it is decided on to what is written: a vault that
   * was sealed under this computer's secret of before must lie there before that is forgotten (computerKey.ts).
   */
  readonly vaultTurn: Queue;
  /** Nothing opens and nothing is made behind a lock, where another journal may be open by now. */
  readonly isLocked: () => boolean;
  readonly openStores: RoomStoresParts["openStores"];
  readonly outside: Outside;
  /** Its own, apart from the shared side's. */
  readonly openIndex: OpenIndex;
  readonly clock: Clock;
  readonly random: Random;
  readonly lifeboat: Lifeboat;
};

/** The shared side, as far as entries are copied out of my room and into it. */
export type Outside = {
  readonly cards: Live<readonly Card[]>;
  readonly drafts: KeptShelf;
  readonly shared: () => Shelf | undefined;
  readonly flushPage: (page: PageId) => Promise<Result<void, BookCode>>;
};

type Inside = {
  readonly masterKey: MasterKey;
  readonly shelf: KeptShelf;
  /** All that the room has, and nothing but that: no filler shows through them. */
  readonly stores: PaddedStores;
  readonly openers: OpenersSeen;
  readonly stopCards: () => void;
  readonly pages: Set<LivePage>;
};

/** My room: never on a carrier, never in the shared side's lists; what is open here closes with it. */
export const createRoom = (parts: RoomParts): Room => {
  const { outside, made } = parts;
  const state = createCell<RoomState>({ state: "closed", made: made.last() });
  const cards = createCell<readonly Card[]>([]);
  const trash = createCell<readonly Card[]>([]);
  const openersSeen = createCell<ReadonlySet<string>>(new Set());
  const turn = createQueue();
  /** Apart from the shared side's, which would tell that somebody was in here. */
  const heard = createTroubleBook(parts.clock);
  let inside: Inside | undefined;
  const notes = passingNotes();
  const backups = createBackupDesk({
    kind: "room",
    inside: () =>
      inside && {
        masterKey: inside.masterKey,
        keyring: undefined,
        ledgers: [["room", inside.stores]],
      },
    vault: parts.vault.backup,
    notes,
    clock: parts.clock,
    random: parts.random,
  });

  const show = (now: RoomState["state"]): void => state.set({ state: now, made: made.last() });

  const openStores = (key: MasterKey) => openRoomStores({ ...parts, onTrouble: heard.add }, key);

  const enter = async (key: MasterKey): Promise<Result<void, RoomCode>> => {
    const stores = await openStores(key);
    if (!stores.ok) return stores;
    const shelf = await openKeptShelf({
      ...parts,
      onTrouble: heard.add,
      stores: stores.value,
      inMemory: true,
      rootKey: subKey(key, "TF/1 room"),
    });
    if (!shelf.ok) {
      await stores.value.leave();
      return shelf;
    }
    const seenPage = openersPage(key);
    const openers = await openOpenersSeen(shelf.value, seenPage, parts.random);
    const list = watchCards({
      sources: [{ facts: shelf.value.pages.facts, place: "room", except: [seenPage] }],
      isPartner: () => false,
      opened: createCell<ReadonlySet<PageId>>(new Set()),
      putOff: createCell<ReadonlyMap<PageId, PutOff>>(new Map()),
      clock: parts.clock,
    });
    const follow = (): void => showApart(list.read(), { cards, trash });
    const followSeen = (): void => openersSeen.set(openers.seen.read());
    const stops = [list.subscribe(follow), openers.seen.subscribe(followSeen)];
    inside = {
      masterKey: key,
      shelf: shelf.value,
      stores: stores.value,
      pages: new Set(),
      openers,
      stopCards: () => {
        for (const stop of stops) stop();
        list.stop();
      },
    };
    follow();
    followSeen();
    if (await landLifeboat(parts.lifeboat, "room", key, { room: shelf.value }))
      shelf.value.photos.tidy();
    return accept(undefined);
  };

  const through = <Code extends string>(
    openKey: () => Promise<Result<MasterKey, Code>>,
    ifOpen: Result<void, RoomCode> = accept(undefined),
  ) =>
    turn(async (): Promise<Result<void, Code | RoomCode>> => {
      if (parts.isLocked()) return refuse("ROOM_LOCKED");
      if (inside !== undefined) return ifOpen;
      show("opening");
      const key = await openKey();
      const entered = key.ok ? await enter(key.value) : key;
      if (!entered.ok) heard.forget();
      show(entered.ok ? "open" : "closed");
      return entered;
    });

  const openPage = async (page: PageId): Promise<Result<OpenPage, BookCode>> => {
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
  };
  const entries = createEntryBook({
    place: "room",
    cards,
    trash,
    kept: () => inside?.shelf,
    shared: () => undefined,
    openPage,
    flushPage: (page) => flushPage(inside?.pages ?? [], page),
    closePage: (page) => closePage(inside?.pages ?? [], page),
    isLeaving: () => false,
    openIndex: parts.openIndex,
    openersSeen,
    sawOpener: async (opener) => inside?.openers.saw(opener) ?? refuse("ROOM_LOCKED"),
    clock: parts.clock,
    random: parts.random,
  });

  /** For an entry that is not in the trash. */
  const withRoom = async <Value>(
    among: Live<readonly Card[]>,
    page: PageId,
    act: (card: Card, room: Inside) => Promise<Result<Value, BookCode>>,
  ): Promise<Result<Value, BookCode>> => {
    if (inside === undefined) return refuse("ROOM_LOCKED");
    const card = among.read().find(({ id }) => id === page);
    if (card === undefined) return refuse("NO_PAGE");
    if (card.kind === "newer") return refuse("NEWER_KIND");
    return card.kind === "entry" ? act(card, inside) : refuse("NOT_YOURS");
  };

  /** In this room's turn, where nobody else makes one; what was written is seen even where the disk says no. */
  const throughNew = async <Code extends string>(
    makeKey: () => Promise<Result<MasterKey, Code>>,
  ): Promise<Result<void, Code | RoomCode>> =>
    made.last()
      ? refuse("ROOM_EXISTS")
      : through(async (): Promise<Result<MasterKey, Code | RoomCode>> => {
          const there = await made.look();
          if (!there.ok || there.value) return there.ok ? refuse("ROOM_EXISTS") : there;
          const key = await makeKey();
          await made.look();
          return key;
        }, refuse("ROOM_EXISTS"));
  const { openPortable, make, keep } = parts.vault;
  const keepInTurn: RoomRestoreVault["keep"] = (...of) =>
    parts.vaultTurn(() => keep(...of, made.begin));
  const restoring = { openPortable, keep: keepInTurn };

  return {
    state,
    setUp: (passphrase) => throughNew(() => parts.vaultTurn(() => make(passphrase, made.begin))),
    // Also where a set-up was cut short after its vault was written.
    unlock: (passphrase) =>
      through(() =>
        parts.vaultTurn(async () => {
          const opened = await parts.vault.open(passphrase);
          const noted = opened.ok ? await made.opened() : opened;
          return noted.ok ? opened : noted;
        }),
      ),
    lock: () =>
      turn(async () => {
        if (inside === undefined) return;
        await backups.stop();
        notes.forget();
        await backups.look();
        const { shelf, stores, pages, stopCards, masterKey } = inside;
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
        trash.set([]);
        openersSeen.set(new Set());
        await shelf.close();
        await stores.leave();
        heard.forget();
        show("closed");
      }),
    changePassphrase: async (current, next) => {
      const changed = await parts.vaultTurn(() => parts.vault.changePassphrase(current, next));
      // What was set up for the old one: without it the next backup of an open room asks for the passphrase again.
      if (changed.ok) await backups.follow(next);
      return changed;
    },
    entries,
    copyOut: (page) =>
      withRoom(cards, page, async (_, room) => {
        const flushed = await flushPage(room.pages, page);
        return flushed.ok
          ? copyEntry(room.shelf, page, outside.drafts, parts.random, "words")
          : flushed;
      }),
    copyIn: (page) =>
      withRoom(outside.cards, page, async (card, room) => {
        if (card.author !== "me") return refuse("NOT_YOURS");
        if (card.withdrawnAt !== undefined) return refuse("WITHDRAWN");
        const from = card.place === "shared" ? outside.shared() : outside.drafts;
        if (from === undefined) return refuse("NO_PAGE");
        const flushed = await outside.flushPage(page);
        return flushed.ok ? copyEntry(from, page, room.shelf, parts.random, "all") : flushed;
      }),
    backups,
    troubles: heard.troubles,
    restore: (file, passphrase, work) =>
      throughNew(() => restoreRoom({ file, passphrase, work, vault: restoring, openStores })),
  };
};
