import { idFrom, type PageId } from "../base/ids.ts";
import { createCell } from "../base/live.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { wipe } from "../crypto/wipe.ts";
import type { LedgerStores, StoreCode } from "../ledger/stores.ts";
import type { Card } from "../page/card.ts";
import { openKeptShelf } from "../page/keptShelf.ts";
import { makeCertificate } from "../people/certificate.ts";
import { wipePersonKeys } from "../people/person.ts";
import type { Couple } from "../people/space.ts";
import { subKey } from "../vault/masterKey.ts";
import { createActs } from "./acts/acts.ts";
import { createArrivals } from "./arrive/arrivals.ts";
import { openBond, type Bond } from "./travel/bond.ts";
import { capsulesOf } from "./travel/capsules.ts";
import { showApart, watchCards } from "./pages/cardsView.ts";
import type { Journal, Me, Settings, SyncTruth } from "./journal.ts";
import type { JournalParts } from "./journalParts.ts";
import { createEntryBook } from "./book/book.ts";
import { noCouple, sharedStores, storesOf } from "./coupleStores.ts";
import { createFinder } from "./find/find.ts";
import { createKeyringKeeper } from "./keys/keyringKeeper.ts";
import { openJournalBackups } from "./backup/journalBackups.ts";
import { createLivePages } from "./pages/livePages.ts";
import { landLifeboat } from "./lifeboat.ts";
import { createMe, readMe } from "./keys/me.ts";
import { openMarks } from "./pages/marks.ts";
import { openersPage, openOpenersSeen } from "./book/openersSeen.ts";
import { createPairingDesk } from "./pairingDesk.ts";
import { isSharingPaused, pausedActs } from "./travel/pausedSharing.ts";
import { createRecovery } from "./keys/recovery.ts";
import { createRoom } from "./room/room.ts";
import { createSending } from "./acts/sending.ts";
import { concernsNetwork, readSettings } from "./settings.ts";
import { createSettingsDesk } from "./settingsDesk.ts";
import type { SharedShelf } from "./sharedShelf.ts";
import { createTroubleBook } from "./troubles.ts";
import { takeBack } from "./acts/takingBack.ts";

/** Wires one unlocked journal together. Everything it opens, `lock` closes. */
export const openJournal = async (parts: JournalParts): Promise<Result<Journal, StoreCode>> => {
  const { clock, random } = parts;
  const keys = parts.keyring.keys;
  const certificate = makeCertificate(keys);
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
  const sync = createCell<SyncTruth>({ state: "alone" });
  const partner = createCell<{ readonly name: string } | undefined>(undefined);
  const me = createCell<Me>(readMe(parts.keyring));
  const settings = createCell<Settings>(readSettings(parts.keyring.settings));
  const gate = createArrivals({ everything, settings, marks: marks.value, clock });
  const { cards } = gate;
  let bond: Bond | undefined;
  let carriedStores: LedgerStores | undefined;
  let stopCards = (): void => {};
  let locked = false;

  const showCards = (): void => {
    stopCards();
    const list = watchCards({
      sources: [
        { facts: drafts.pages.facts, place: "draft" as const, except: [marksPage, seenPage] },
        ...(bond === undefined
          ? []
          : [{ facts: bond.shelf.pages.facts, place: "shared" as const }]),
      ],
      isPartner: (device) => device === bond?.shelf.chains.partner,
      opened: marks.value.opened,
      putOff: gate.putOff,
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

  const carry = async (): Promise<void> => {
    const joined = bond;
    if (joined === undefined || locked || paused) return;
    const carriers = await parts.network.carriers(joined.channel, settings.read());
    if (!locked && bond === joined) await joined.carryWith(carriers);
  };

  const shared = (): SharedShelf | undefined => bond?.shelf;
  const sending = createSending({ drafts, shared, clock, random });

  const bondWith = async (couple: Couple): Promise<Result<void, StoreCode>> => {
    const stores = sharedStores(parts.openStores(storesOf(couple), onTrouble).carried);
    const opened = await openBond({
      couple,
      readOnly: paused,
      sendsAtOnce: () => settings.read().sendsAtOnce,
      keys,
      me: certificate.device,
      masterKey: parts.masterKey,
      stores,
      clock,
      random,
      onTrouble,
    });
    if (!opened.ok) return opened;
    const joined = opened.value;
    bond = joined;
    carriedStores = stores;
    const showSync = (): void => sync.set(paused ? { state: "paused" } : joined.sync.read());
    joined.sync.subscribe(showSync);
    if (!paused) await sending.keep();
    partner.set({ name: couple.partner.name });
    showSync();
    showCards();
    return accept(undefined);
  };

  const couple = parts.keyring.couple;
  if (couple !== undefined) {
    const bonded = await bondWith(couple);
    if (!bonded.ok) {
      await drafts.close();
      return bonded;
    }
    void carry();
  }
  const landed = await landLifeboat(parts.lifeboat, "shared", parts.masterKey, {
    drafts,
    carried: bond?.shelf,
  });
  if (landed) for (const shelf of [drafts, shared()]) shelf?.photos.tidy();
  showCards();

  let paired: Couple | undefined;
  let bonding: Promise<void> = Promise.resolve();
  const desk = createPairingDesk({
    name: () => me.read().name,
    keys,
    certificate,
    clock,
    random,
    isPaired: () => paused || bond?.hasMet() === true,
    meet: (meeting) => parts.network.meet(settings.read())(meeting),
    addresses: () => parts.network.addresses(settings.read()),
    publicAddresses: () => parts.network.publicAddresses(settings.read()),
    store: async (fresh) => {
      if (bond !== undefined && !(await takeBack(bond.shelf, drafts, random))) return false;
      paired = fresh;
      return (await keyring.change((now) => ({ ...now, couple: fresh }))).ok;
    },
    withdraw: async () => {
      paired = undefined;
      await keyring.change((now) => ({ ...now, couple: bond?.couple }));
    },
    paired: (met) => {
      bonding = (async () => {
        if (paired === undefined || locked) return;
        await bond?.close();
        bond = undefined;
        const bonded = await bondWith(paired);
        if (!bonded.ok) return onTrouble(bonded.code);
        shared()?.photos.tidy();
        const before = settings.read();
        const known = before.meetingPoints;
        const fresh = met.filter((address) => !known.includes(address));
        if (fresh.length > 0) await changeSettings({ meetingPoints: [...known, ...fresh] });
        if (!concernsNetwork(before, settings.read())) await carry();
      })();
    },
  });

  const changeSettings = createSettingsDesk({ settings, keyring, gate, carry });

  const room = createRoom({
    vault: parts.roomVault,
    isMade: () => keyring.content.read().settings["roomMade"] === true,
    markMade: () =>
      keyring.change((now) => ({ ...now, settings: { ...now.settings, roomMade: true } })),
    openStores: (report) => parts.openStores(noCouple, report),
    outside: {
      cards,
      drafts,
      shared,
      flushPage: (page) => pages.flushOne(page),
    },
    openIndex: parts.openIndex,
    clock,
    random,
    lifeboat: parts.lifeboat,
  });

  const recovery = createRecovery(parts.recoveryVault, keyring);
  const backups = await openJournalBackups({
    ...parts,
    keyring,
    kept: keptStores,
    carried: () => carriedStores,
  });

  const finder = createFinder({
    cards,
    shelfOf: ({ place }) => (place === "shared" ? shared() : drafts),
    random,
  });
  /** Or it must not be written on because sharing is paused. */
  const isLeaving = (page: PageId): boolean =>
    sending.isLeaving(page) || (paused && bond?.shelf.pages.facts.read().has(page) === true);
  const pages = createLivePages({
    ...{ cards, drafts, shared, clock, random },
    isLeaving,
    lifeboat: parts.lifeboat,
  });
  const entries = createEntryBook({
    place: "journal",
    cards,
    trash,
    kept: () => drafts,
    shared,
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
  const acts = createActs({
    cards,
    drafts,
    shared,
    pages,
    marks: marks.value,
    sending,
    clock,
    random,
  });

  const stopReturns = parts.network.onReturn(() => void carry());

  return accept({
    ...createMe(keyring, me),
    partner,
    cards,
    openPage: pages.open,
    entries,
    backups,
    ...acts,
    ...(paused ? pausedActs() : {}),
    enough: gate.enough,
    arrivals: gate.arrivals,
    letIn: gate.letIn,
    find: finder.find,
    sync,
    capsules: capsulesOf(() => bond?.capsules, paused),
    pairing: desk,
    room,
    settings,
    changeSettings,
    tryServer: parts.network.tryServer,
    wordsKept: recovery.wordsKept,
    keepWords: recovery.keepWords,
    newRecoveryWords: recovery.newWords,
    troubles,
    lock: async () => {
      if (locked) return;
      locked = true;
      stopReturns();
      // First of all: its index holds words in the clear.
      entries.stop();
      sending.stop();
      desk.dispose();
      await backups.stop();
      await recovery.close();
      await bonding;
      await room.lock();
      await pages.closeAll(parts.masterKey);
      await bond?.close();
      stopCards();
      everything.set([]);
      trash.set([]);
      finder.forget();
      await gate.stop();
      await drafts.close();
      await keyring.close();
      wipePersonKeys(keys);
      wipe(parts.masterKey);
    },
  });
};
