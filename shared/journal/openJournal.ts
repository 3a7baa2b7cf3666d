import { toHex } from "../base/bytes.ts";
import type { Clock } from "../base/clock.ts";
import { idBytes, idFrom, type PageId } from "../base/ids.ts";
import { createCell } from "../base/live.ts";
import { createQueue } from "../base/queue.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { hash } from "../crypto/hash.ts";
import { wipe } from "../crypto/wipe.ts";
import type { Carrier } from "../carry/carrier.ts";
import type { StoreCode, Stores } from "../ledger/stores.ts";
import type { Card } from "../page/card.ts";
import { openKeptShelf } from "../page/keptShelf.ts";
import { makeCertificate } from "../people/certificate.ts";
import type { KeyringContent } from "../people/keyringContent.ts";
import { wipePersonKeys } from "../people/person.ts";
import type { Couple } from "../people/space.ts";
import { subKey, type MasterKey } from "../vault/masterKey.ts";
import { createActs } from "./acts.ts";
import { createArrivals } from "./arrivals.ts";
import { openBond, type Bond, type ChannelFacts } from "./bond.ts";
import { watchCards } from "./cardsView.ts";
import {
  roles,
  type Journal,
  type Me,
  type Role,
  type Settings,
  type SyncTruth,
} from "./journal.ts";
import { createFinder } from "./find.ts";
import { createKeyringKeeper } from "./keyringKeeper.ts";
import { createLivePages } from "./livePages.ts";
import { landLifeboat, type Lifeboat } from "./lifeboat.ts";
import { openMarks, withoutMarks } from "./marks.ts";
import { createPairingDesk, type Meet } from "./pairingDesk.ts";
import { createRecovery, type RecoveryVault } from "./recovery.ts";
import { createRoom, type RoomVault } from "./room.ts";
import { createSending } from "./sending.ts";
import { concernsArrivals, concernsNetwork, readSettings, writeSettings } from "./settings.ts";
import type { SharedShelf } from "./sharedShelf.ts";
import { createTroubleBook } from "./troubles.ts";
import { takeBack } from "./takingBack.ts";

/** What lies outside the journal and is handed in by renderer/door.ts. */
export type JournalParts = {
  readonly masterKey: MasterKey;
  readonly keyring: KeyringContent;
  readonly saveKeyring: (content: KeyringContent) => Promise<Result<void, StoreCode>>;
  /** Opened anew each time: what was closed stays closed. `carried` keeps the ledgers of two pairings apart. */
  readonly openStores: OpenStores;
  readonly roomVault: RoomVault;
  readonly recoveryVault: RecoveryVault;
  readonly network: Network;
  /** Outlives the journal: what a full disk refused waits there as ciphertext. */
  readonly lifeboat: Lifeboat;
  readonly clock: Clock;
  readonly random: Random;
};

/** `report` hears codes of what was damaged on the disk and passed over. */
export type OpenStores = (carried: string, report: (code: string) => void) => Stores;

/** Everything that reaches out of this computer. */
export type Network = {
  /** The carriers for this couple and these settings; none where nothing is set. */
  readonly carriers: (channel: ChannelFacts, settings: Settings) => Promise<readonly Carrier[]>;
  readonly meet: (settings: Settings) => Meet;
  /** Where to meet; and of these, what another computer can reach. */
  readonly addresses: (settings: Settings) => Promise<readonly string[]>;
  readonly publicAddresses: (settings: Settings) => Promise<readonly string[]>;
};

/** Wires one unlocked journal together. Everything it opens, `lock` closes. */
export const openJournal = async (parts: JournalParts): Promise<Result<Journal, StoreCode>> => {
  const { clock, random } = parts;
  const keys = parts.keyring.keys;
  const certificate = makeCertificate(keys);
  const { troubles, add: onTrouble } = createTroubleBook(clock);
  const keyring = createKeyringKeeper(parts.keyring, parts.saveKeyring);

  const kept = await openKeptShelf({
    rootKey: subKey(parts.masterKey, "TF/1 drafts"),
    stores: parts.openStores(noCouple, onTrouble).kept,
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

  /** Also what is not let in yet. */
  const everything = createCell<readonly Card[]>([]);
  const sync = createCell<SyncTruth>({ state: "alone" });
  const partner = createCell<{ readonly name: string } | undefined>(undefined);
  const me = createCell<Me>(readMe(parts.keyring));
  const settings = createCell<Settings>(readSettings(parts.keyring.settings));
  const gate = createArrivals({ everything, settings, marks: marks.value, clock });
  const { cards } = gate;
  let bond: Bond | undefined;
  let stopCards = (): void => {};
  let locked = false;

  const showCards = (): void => {
    stopCards();
    const list = watchCards({
      sources: [
        { facts: withoutMarks(drafts, marksPage), place: "draft" as const },
        ...(bond === undefined
          ? []
          : [{ facts: bond.shelf.pages.facts, place: "shared" as const }]),
      ],
      isPartner: (device) => device === bond?.shelf.chains.partner,
      opened: marks.value.opened,
      putOff: gate.putOff,
      clock,
    });
    const show = (): void => everything.set(list.read());
    const stop = list.subscribe(show);
    stopCards = () => {
      stop();
      list.stop();
    };
    show();
  };

  const carry = async (): Promise<void> => {
    const joined = bond;
    if (joined === undefined || locked) return;
    const carriers = await parts.network.carriers(joined.channel, settings.read());
    if (!locked && bond === joined) await joined.carryWith(carriers);
  };

  const shared = (): SharedShelf | undefined => bond?.shelf;
  const sending = createSending({ drafts, shared, clock, random });

  const bondWith = async (couple: Couple): Promise<Result<void, StoreCode>> => {
    const opened = await openBond({
      couple,
      keys,
      me: certificate.device,
      masterKey: parts.masterKey,
      stores: parts.openStores(storesOf(couple), onTrouble).carried,
      clock,
      random,
      onTrouble,
    });
    if (!opened.ok) return opened;
    const joined = opened.value;
    bond = joined;
    joined.sync.subscribe(() => sync.set(joined.sync.read()));
    await sending.keep();
    partner.set({ name: couple.partner.name });
    sync.set(joined.sync.read());
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
  await landLifeboat(parts.lifeboat, "shared", parts.masterKey, { drafts, carried: bond?.shelf });
  showCards();

  let paired: Couple | undefined;
  let bonding: Promise<void> = Promise.resolve();
  const desk = createPairingDesk({
    name: () => me.read().name,
    keys,
    certificate,
    clock,
    random,
    isPaired: () => bond?.hasMet() === true,
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
        const before = settings.read();
        const known = before.meetingPoints;
        const fresh = met.filter((address) => !known.includes(address));
        if (fresh.length > 0) await changeSettings({ meetingPoints: [...known, ...fresh] });
        if (!concernsNetwork(before, settings.read())) await carry();
      })();
    },
  });

  const changing = createQueue();
  const changeSettings: Journal["changeSettings"] = (change) =>
    changing(async () => {
      const before = settings.read();
      const next = readSettings(writeSettings({ ...before, ...change }));
      const shown = concernsArrivals(before, next) ? await gate.keepShown() : accept(undefined);
      if (!shown.ok) return refuse(shown.code === "TOO_LARGE" ? "STORE_FAILED" : shown.code);
      const saved = await keyring.change((now) => ({
        ...now,
        settings: { ...now.settings, ...writeSettings(next) },
      }));
      if (!saved.ok) return saved;
      settings.set(next);
      if (concernsNetwork(before, next)) await carry();
      return saved;
    });

  const room = createRoom({
    vault: parts.roomVault,
    isMade: () => keyring.content.read().settings["roomMade"] === true,
    markMade: () =>
      keyring.change((now) => ({ ...now, settings: { ...now.settings, roomMade: true } })),
    openStores: () => parts.openStores(noCouple, onTrouble).room,
    clock,
    random,
    onTrouble,
    lifeboat: parts.lifeboat,
  });

  const recovery = createRecovery(parts.recoveryVault, keyring);

  const finder = createFinder({
    cards,
    shelfOf: ({ place }) => (place === "shared" ? shared() : drafts),
    random,
  });
  const pages = createLivePages({
    ...{ cards, drafts, shared, clock, random },
    isLeaving: sending.isLeaving,
    lifeboat: parts.lifeboat,
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

  return accept({
    me,
    changeMe: async (change) => {
      const next = { ...me.read(), ...change };
      const saved = await keyring.change((now) => ({ ...now, name: next.name, role: next.role }));
      if (saved.ok) me.set(next);
      return saved;
    },
    partner,
    cards,
    openPage: pages.open,
    ...acts,
    enough: gate.enough,
    arrivals: gate.arrivals,
    letIn: gate.letIn,
    find: finder.find,
    sync,
    pairing: desk,
    room,
    settings,
    changeSettings,
    wordsKept: recovery.wordsKept,
    keepWords: recovery.keepWords,
    newRecoveryWords: recovery.newWords,
    troubles,
    lock: async () => {
      if (locked) return;
      locked = true;
      sending.stop();
      desk.dispose();
      await recovery.close();
      await bonding;
      await room.lock();
      await pages.closeAll(parts.masterKey);
      await bond?.close();
      stopCards();
      everything.set([]);
      finder.forget();
      await gate.stop();
      await drafts.close();
      await keyring.close();
      wipePersonKeys(keys);
      wipe(parts.masterKey);
    },
  });
};

/** Names the databases of one pairing; says nothing of the couple. */
const storesOf = ({ space }: Couple): string =>
  toHex(hash("TF/1 stores", idBytes(space)).subarray(0, 6));
const noCouple = "none";

const readMe = ({ name, role }: KeyringContent): Me => ({
  name,
  role: roles.find((known): known is Role => known === role) ?? "neither",
});
