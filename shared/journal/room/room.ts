import type { Clock } from "../../base/clock.ts";
import { createCell, type Live } from "../../base/live.ts";
import type { PageId } from "../../base/ids.ts";
import { createQueue } from "../../base/queue.ts";
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
import type { RoomVault } from "./roomVault.ts";
import { restoreRoom } from "./roomRestore.ts";
import { openersPage, openOpenersSeen, type OpenersSeen } from "../book/openersSeen.ts";
import { openRoomStores, type RoomStoresParts } from "./roomStores.ts";
import { createTroubleBook } from "../troubles.ts";
import { followCard, keptRhythm, openLivePage, type LivePage } from "../pages/livePage.ts";

export type RoomParts = {
  readonly vault: RoomVault;
  readonly isMade: () => boolean;
  readonly markMade: () => Promise<Result<void, RoomCode>>;
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
  const { outside } = parts;
  const state = createCell<RoomState>({ state: "closed", made: parts.isMade() });
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

  const show = (now: RoomState["state"]): void => state.set({ state: now, made: parts.isMade() });

  const openStores = (key: MasterKey) => openRoomStores({ ...parts, onTrouble: heard.add }, key);

  const enter = async (key: MasterKey): Promise<Result<void, RoomCode>> => {
    const stores = await openStores(key);
    if (!stores.ok) return stores;
    const shelf = await openKeptShelf({
      ...parts,
      onTrouble: heard.add,
      stores: stores.value,
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

  const through = <Code extends string>(openKey: () => Promise<Result<MasterKey, Code>>) =>
    turn(async (): Promise<Result<void, Code | RoomCode>> => {
      if (inside !== undefined) return accept(undefined);
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

  /** Once its vault is written, no other one may replace it. */
  const marked = async <Code extends string>(
    opened: Result<MasterKey, Code>,
  ): Promise<Result<MasterKey, Code | RoomCode>> => {
    if (!opened.ok || parts.isMade()) return opened;
    const saved = await parts.markMade();
    return saved.ok ? opened : saved;
  };

  return {
    state,
    setUp: async (passphrase) =>
      parts.isMade()
        ? refuse("ROOM_EXISTS")
        : through(async () => marked(await parts.vault.make(passphrase))),
    // Also where a set-up was cut short after its vault was written.
    unlock: (passphrase) => through(async () => marked(await parts.vault.open(passphrase))),
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
    restore: async (file, passphrase, work) =>
      parts.isMade()
        ? refuse("ROOM_EXISTS")
        : through(async () =>
            marked(await restoreRoom({ file, passphrase, work, vault: parts.vault, openStores })),
          ),
  };
};
