import { idFrom, type PageId } from "../base/ids.ts";
import { createCell } from "../base/live.ts";
import { createQueue } from "../base/queue.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { wipe } from "../crypto/wipe.ts";
import type { StoreCode } from "../ledger/stores.ts";
import type { Card } from "../page/card.ts";
import { openKeptShelf } from "../page/keptShelf.ts";
import { wipePersonKeys } from "../people/person.ts";
import { subKey } from "../vault/masterKey.ts";
import { createActs } from "./acts/acts.ts";
import { keepExpiring } from "./acts/expiring.ts";
import { createArrivals } from "./arrive/arrivals.ts";
import { capsulesOf } from "./travel/capsules.ts";
import { showApart, watchCards } from "./pages/cardsView.ts";
import type { Journal, Settings } from "./journal.ts";
import type { JournalParts } from "./journalParts.ts";
import { createEntryBook } from "./book/book.ts";
import { endedActs } from "./ending/endedActs.ts";
import { noCouple, sharedStores } from "./coupleStores.ts";
import { createFinder } from "./find/find.ts";
import { createHandSignals } from "./handSignals.ts";
import { createComputerKey } from "./keys/computerKey.ts";
import { createKeyringKeeper } from "./keys/keyringKeeper.ts";
import { openJournalBackups } from "./backup/journalBackups.ts";
import { createLivePages, wordsOfVision } from "./pages/livePages.ts";
import { landLifeboat } from "./lifeboat.ts";
import { createMe } from "./keys/me.ts";
import { wipeKeyring } from "./keys/wipeKeyring.ts";
import { openMarks } from "./pages/marks.ts";
import { keepNoteArrivals } from "./pages/noteArrivals.ts";
import { openersPage, openOpenersSeen } from "./book/openersSeen.ts";
import { isSharingPaused, pausedActs } from "./travel/pausedSharing.ts";
import { createPacingTurn, openPacingDesk } from "./pacingDesk.ts";
import { createRecovery } from "./keys/recovery.ts";
import { createRoom } from "./room/room.ts";
import { createRoomMade } from "./room/roomMade.ts";
import { createSending } from "./acts/sending.ts";
import { readSettings } from "./settings.ts";
import { createSettingsDesk } from "./settingsDesk.ts";
import { createTogether } from "./together.ts";
import { createVision } from "./visionDesk.ts";
import { createTroubleBook } from "./troubles.ts";

/** Wires one unlocked journal together. Everything it opens, `lock` closes. */
export const openJournal = async (parts: JournalParts): Promise<Result<Journal, StoreCode>> => {
  const { clock, random } = parts;
  const keys = parts.keyring.keys;
  const { troubles, add: onTrouble } = createTroubleBook(clock);
  const keyring = createKeyringKeeper(parts.keyring, parts.saveKeyring);
  const paused = isSharingPaused(parts.keyring);

  const keptStores = sharedStores(parts.openStores(noCouple, onTrouble).kept);
  const kept = await openKeptShelf({
    rootKey: subKey(parts.masterKey, "TF/1 drafts"),
    stores: keptStores,
    clock,
    random,
    onTrouble,
  });
  if (!kept.ok) return kept;
  const drafts = kept.value;
  const marksPage = idFrom<PageId>(subKey(parts.masterKey, "TF/1 marks page").subarray(0, 16));
  const marks = await openMarks(drafts, marksPage, random);
  if (!marks.ok) {
    await drafts.close();
    return refuse(
      marks.code === "CACHE_DAMAGED" || marks.code === "TOO_LARGE" ? "STORE_FAILED" : marks.code,
    );
  }

  const seenPage = openersPage(parts.masterKey);
  const openers = await openOpenersSeen(drafts, seenPage, random);

  /** Also what is not let in yet. */
  const everything = createCell<readonly Card[]>([]);
  const trash = createCell<readonly Card[]>([]);
  const me = createMe(keyring);
  const settings = createCell<Settings>(readSettings(parts.keyring.settings));
  const gate = createArrivals({ everything, settings, marks: marks.value, clock });
  const { cards } = gate;
  let stopCards = (): void => {};
  let locked = false;

  const showCards = (): void => {
    stopCards();
    const shelf = together.readable();
    const list = watchCards({
      sources: [
        { facts: drafts.pages.facts, place: "draft" as const, except: [marksPage, seenPage] },
        ...(shelf === undefined ? [] : [{ facts: shelf.pages.facts, place: "shared" as const }]),
      ],
      isPartner: (owner) => owner === shelf?.chains.people.partner,
      opened: marks.value.opened,
      putOff: gate.putOff,
      came: marks.value.came,
      clock,
    });
    const show = (): void => showApart(list.read(), { cards: everything, trash });
    const stop = list.subscribe(show);
    stopCards = () => {
      stop();
      list.stop();
    };
    show();
  };

  const together = createTogether({
    ...{ ...parts, keyring, drafts, settings, paused, onTrouble },
    changeSettings: (change) => changeSettings(change),
    name: () => me.now.read().name,
    isLocked: () => locked,
    opens: parts.recoveryVault.opens,
    sending: () => sending,
    pages: () => pages,
    saveAll: async () => {
      const flushed = await pages.flushAll();
      const code = flushed.ok || flushed.code === "DISK_FULL" ? "DISK_FULL" : "STORE_FAILED";
      return flushed.ok && (await land()) ? accept(undefined) : refuse(code);
    },
    show: showCards,
  });
  const { shared, readable, hasEnded, carry, ending } = together;
  const sending = createSending({ drafts, shared, clock, random });
  const opened = await together.open();
  if (!opened.ok) {
    await drafts.close();
    return opened;
  }
  const land = (): Promise<boolean> =>
    landLifeboat(parts.lifeboat, "shared", parts.masterKey, {
      ...{ drafts, carried: shared(), vision: wordsOfVision(shared()) },
    });
  if (await land()) for (const shelf of [drafts, shared()]) shelf?.photos.tidy();
  showCards();

  const stopArrivals = keepNoteArrivals({ cards: everything, clock, ...marks.value });
  const signals = createHandSignals({ cards, clock, ...marks.value });

  const changeSettings = createSettingsDesk({ settings, keyring, gate, carry });

  const roomMade = createRoomMade({ vault: parts.roomVault, keyring });
  await roomMade.look();
  const roomTurn = createQueue();
  const room = createRoom({
    vault: parts.roomVault,
    made: roomMade,
    vaultTurn: roomTurn,
    isLocked: () => locked,
    openStores: (report) => parts.openStores(noCouple, report),
    outside: {
      cards,
      drafts,
      shared: readable,
      flushPage: (page) => pages.flushOne(page),
    },
    openIndex: parts.openIndex,
    clock,
    random,
    lifeboat: parts.lifeboat,
  });

  const changing = createQueue();
  const recovery = createRecovery({
    ...{ vault: parts.recoveryVault, keyring, changing },
    now: clock.now,
  });
  const backups = await openJournalBackups({
    ...parts,
    keyring,
    kept: keptStores,
    carried: together.stores,
  });

  const computerKey = createComputerKey({
    ...parts.computerKey,
    ...{ vault: parts.recoveryVault, room: parts.roomVault, roomMade, roomTurn, changing },
    isLocked: () => locked,
  });

  const finder = createFinder({
    cards,
    shelfOf: ({ place }) => (place === "shared" ? readable() : drafts),
    random,
  });
  /** Or it must not be written on because sharing is paused, or has ended. */
  const isQuiet = (): boolean => paused || hasEnded();
  const isLeaving = (page: PageId): boolean =>
    sending.isLeaving(page) || (isQuiet() && readable()?.pages.facts.read().has(page) === true);
  const pages = createLivePages({
    ...{ cards, drafts, shared: readable, clock, random },
    ...{ isLeaving, isQuiet },
    lifeboat: parts.lifeboat,
  });
  const entries = createEntryBook({
    place: "journal",
    cards,
    trash,
    kept: () => drafts,
    shared: readable,
    openPage: pages.open,
    flushPage: pages.flushOne,
    closePage: pages.closeOne,
    isLeaving,
    openIndex: parts.openIndex,
    openersSeen: openers.seen,
    sawOpener: openers.saw,
    clock,
    random,
  });
  const pacing = createPacingTurn();
  const acts = createActs({
    ...{ cards, drafts, shared, readable, pages, pacing },
    ...{ sending, clock, random },
    marks: marks.value,
  });

  const handled = { ...acts, ...(paused ? pausedActs() : {}) };
  const vision = createVision({
    ...{ cards, shared, readable, clock, random },
    open: pages.openVision,
    isPaused: () => paused,
    hasEnded,
  });
  const pace = openPacingDesk({
    ...{ cards, everything, drafts, shared, sending, isQuiet, clock, random },
    turn: pacing,
  });
  const stopExpiring = keepExpiring({
    cards: everything,
    may: () => !isQuiet() && shared() !== undefined,
    withdraw: sending.withdraw,
    clock,
  });

  const stopReturns = parts.network.onReturn(() => void carry());
  void together.begun().then(ending.resume);

  return accept({
    me: me.now,
    changeMe: me.change,
    partner: together.partner,
    cards,
    openPage: pages.open,
    entries,
    backups,
    ...handled,
    ...endedActs(handled, hasEnded),
    ending: { state: ending.state, end: ending.end, decide: ending.decide },
    enough: gate.enough,
    arrivals: gate.arrivals,
    letIn: gate.letIn,
    hands: signals.now,
    vision,
    pace: pace.now,
    find: finder.find,
    sync: together.sync,
    computers: together.computers,
    capsules: capsulesOf(() => together.bond()?.capsules, paused),
    pairing: together.pairing,
    room,
    settings,
    changeSettings,
    tryServer: parts.network.tryServer,
    wordsKept: recovery.wordsKept,
    keepWords: recovery.keepWords,
    newRecoveryWords: recovery.newWords,
    wordsCheck: recovery.check,
    changePassphrase: async (current, next) => {
      const changed = await recovery.changePassphrase(current, next);
      if (changed.ok) await backups.follow(next);
      return changed;
    },
    computerKey: {
      kept: computerKey.kept,
      renew: async (passphrase, roomPassphrase) => {
        const renewed = await computerKey.renew(passphrase, roomPassphrase);
        if (renewed.ok) await backups.follow(passphrase);
        return renewed;
      },
    },
    troubles,
    lock: async () => {
      if (locked) return;
      locked = true;
      stopReturns();
      stopExpiring();
      stopArrivals();
      pace.stop();
      me.stop();
      // First of all: its index holds words in the clear.
      entries.stop();
      sending.stop();
      together.pairing.dispose();
      await backups.stop();
      await recovery.close();
      await together.settled();
      await room.lock();
      await parts.roomVault.close();
      await pages.closeAll(parts.masterKey);
      await together.close();
      stopCards();
      signals.stop();
      everything.set([]);
      trash.set([]);
      finder.forget();
      await gate.stop();
      await drafts.close();
      await keyring.close();
      wipePersonKeys(keys);
      wipeKeyring(keyring.content.read());
      wipe(parts.masterKey);
    },
  });
};
