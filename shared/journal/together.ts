import type { Clock } from "../base/clock.ts";
import { createCell, type Cell, type Live } from "../base/live.ts";
import type { Random } from "../base/random.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { LedgerStores, StoreCode } from "../ledger/stores.ts";
import type { KeptShelf } from "../page/shelf.ts";
import { makeCertificate } from "../people/certificate.ts";
import type { Couple } from "../people/space.ts";
import type { Sending } from "./acts/sending.ts";
import { sharedStores, storesOf } from "./coupleStores.ts";
import { createEndingDesk, type EndingDesk } from "./ending/endingDesk.ts";
import type { Partner, Settings, SyncTruth } from "./journal.ts";
import type { JournalParts } from "./journalParts.ts";
import { createHeardSince } from "./heardSince.ts";
import { copyCouple } from "./keys/copies.ts";
import type { KeyringKeeper } from "./keys/keyringKeeper.ts";
import { createLastingShelf, type LastingShelf } from "./lastingShelf.ts";
import { createMeetings } from "./meetings.ts";
import type { LivePages } from "./pages/livePages.ts";
import { createPairingDesk } from "./pairingDesk.ts";
import { concernsNetwork, readSettings } from "./settings.ts";
import type { SharedShelf } from "./sharedShelf.ts";
import { openBond, type Bond } from "./travel/bond.ts";
import { createShelfGate, type ShelfGate } from "./travel/shelfGate.ts";

/** What joins this journal to the partner's: how it begins, what carries it, and how it ends. */
export type Together = {
  readonly partner: Live<Partner | undefined>;
  readonly sync: Live<SyncTruth>;
  readonly bond: () => Bond | undefined;
  /** Where one writes for the partner. */
  readonly shared: () => SharedShelf | undefined;
  /** What the two have shared, also once their journal has ended. */
  readonly readable: () => SharedShelf | undefined;
  readonly stores: () => LedgerStores | undefined;
  /** As the keyring has it: the couple, or the past. */
  readonly open: () => Promise<Result<void, StoreCode>>;
  /** With the network as it is set now. */
  readonly carry: () => Promise<void>;
  readonly pairing: ReturnType<typeof createPairingDesk>;
  readonly ending: EndingDesk;
  readonly hasEnded: () => boolean;
  /** The carriers of the start have begun. */
  readonly begun: () => Promise<void>;
  /** No pairing is being finished any more. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type TogetherParts = Pick<JournalParts, "masterKey" | "openStores" | "network"> & {
  readonly keyring: KeyringKeeper;
  readonly drafts: KeptShelf;
  readonly settings: Cell<Settings>;
  readonly changeSettings: (change: Partial<Settings>) => Promise<Result<void, StoreCode>>;
  readonly name: () => string;
  /** From a backup: it reads what was shared, and nothing travels (pausedSharing.ts). */
  readonly paused: boolean;
  readonly isLocked: () => boolean;
  readonly sending: () => Sending;
  readonly pages: () => LivePages;
  /** What is being typed, and what the disk refused before, is on the disk; or it refuses. */
  readonly saveAll: () => Promise<Result<void, StoreCode>>;
  /** What there is to read has changed. */
  readonly show: () => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly onTrouble: (code: string) => void;
};

/** ms */
const bondRetryMs = 5_000;

export const createTogether = (parts: TogetherParts): Together => {
  const { keyring, drafts, settings, paused, masterKey, network } = parts;
  const { clock, random, onTrouble } = parts;
  const sync = createCell<SyncTruth>({ state: "alone" });
  const partner = createCell<Partner | undefined>(undefined);
  let bond: Bond | undefined;
  /** What others hold of the shelf of `bond`, and of the bonds that take its place. */
  let lasting: LastingShelf | undefined;
  let gate: ShelfGate = createShelfGate();
  let stores: LedgerStores | undefined;
  /** The journal is ending: nothing is carried any more. */
  let hushed = false;
  let bonding: Promise<void> = Promise.resolve();
  let carrying: Promise<void> = Promise.resolve();

  const shared = (): SharedShelf | undefined => lasting?.shelf;

  const openStores = (couple: Pick<Couple, "space">): LedgerStores =>
    sharedStores(parts.openStores(storesOf(couple), onTrouble).carried);

  const carry = async (): Promise<void> => {
    const joined = bond;
    if (joined === undefined || parts.isLocked() || paused || hushed) return;
    const carriers = await network.carriers(joined.channel, settings.read());
    if (!parts.isLocked() && !hushed && bond === joined) await joined.carryWith(carriers);
  };

  const heardSince = createHeardSince({ keyring, clock, isLocked: parts.isLocked, onTrouble });

  const openBondOf = async (couple: Couple): Promise<Result<Bond, StoreCode>> => {
    const opening = openStores(couple);
    const { keys } = keyring.content.read();
    const fresh = createShelfGate();
    const opened = await openBond({
      ...{ couple: copyCouple(couple), keys, masterKey, clock, random, onTrouble },
      readOnly: paused,
      gate: fresh,
      sendsAtOnce: () => settings.read().sendsAtOnce,
      me: makeCertificate(keys).device,
      stores: opening,
      onAdmitted: (messages) => ending.heard(messages),
      onMet: () => void heardSince(couple.epoch),
    });
    if (!opened.ok) return opened;
    const joined = opened.value;
    bond = joined;
    gate = fresh;
    stores = opening;
    joined.sync.subscribe(() => showSync(joined));
    return opened;
  };

  const showSync = (joined: Bond): void => {
    if (bond === joined) sync.set(paused ? { state: "paused" } : joined.sync.read());
  };

  /** What waited, or was cut short, goes on with the couple of now. */
  const goOn = async (joined: Bond): Promise<void> => {
    if (!paused) await parts.sending().keep();
    partner.set({ name: joined.couple.partner.name });
    showSync(joined);
    parts.show();
  };

  const bondWith = async (couple: Couple): Promise<Result<void, StoreCode>> => {
    const opened = await openBondOf(couple);
    if (!opened.ok) return opened;
    lasting = createLastingShelf(opened.value.shelf);
    await goOn(opened.value);
    return accept(undefined);
  };

  const closeBond = async (): Promise<void> => {
    const closing = bond;
    bond = undefined;
    // Whatever waits at it would keep it from closing.
    if (!gate.isOpen()) gate.shut();
    await closing?.close();
  };

  /** The same journal with the keys of another meeting; whoever types notices nothing of it. */
  const bondAnew = async (couple: Couple, same: LastingShelf): Promise<Result<void, StoreCode>> => {
    let opened: Result<Bond, StoreCode> | undefined;
    await same.change(closeBond, async () => {
      opened = await openBondOf(couple);
      return opened.ok ? opened.value.shelf : undefined;
    });
    if (opened === undefined || !opened.ok) return opened ?? refuse("STORE_CLOSED");
    await goOn(opened.value);
    return accept(undefined);
  };

  const ending = createEndingDesk({
    ...{ keyring, drafts, clock, random, onTrouble, masterKey },
    openStores: (past) => {
      stores = openStores(past);
      return stores;
    },
    bond: () => bond,
    mayTell: !paused,
    saveAll: parts.saveAll,
    hush: async (quiet) => {
      hushed = quiet;
      if (quiet) await bond?.carryWith([]);
      else await carry();
    },
    part: async () => {
      pairing.dispose();
      const parting = bond;
      bond = undefined;
      lasting?.leave();
      lasting = undefined;
      settings.set(readSettings(keyring.content.read().settings));
      partner.set(undefined);
      sync.set({ state: "ended" });
      if (!gate.isOpen()) gate.shut();
      await parts.pages().closeAll(masterKey);
      await parting?.close();
      // The shell's list of hosts forgets those of the couple, and the door to the network is closed.
      await network.addresses(settings.read());
    },
    show: parts.show,
  });

  const hasEnded = (): boolean => keyring.content.read().past !== undefined;

  const join = async (met: readonly string[]): Promise<void> => {
    const space = bond?.couple.space;
    const couple = meetings.finish();
    // One that was paused goes on when it is unlocked with the keys that it has now.
    if (hasEnded()) return;
    if (couple === undefined || paused) return goTo(met);
    const same = space === couple.space ? lasting : undefined;
    const bonded = await (same === undefined ? bondFirst(couple) : bondAnew(couple, same));
    return bonded.ok ? goTo(met) : bondLater(couple, met, bonded.code);
  };

  /** Where the partner is to be found; what is shared stands open. */
  const goTo = async (met: readonly string[]): Promise<void> => {
    if (parts.isLocked()) return;
    if (!paused) shared()?.photos.tidy();
    await ending.lookForLastMessage();
    const before = settings.read();
    const known = before.meetingPoints;
    const fresh = met.filter((address) => !known.includes(address));
    if (fresh.length > 0) await parts.changeSettings({ meetingPoints: [...known, ...fresh] });
    if (!concernsNetwork(before, settings.read())) await carry();
  };

  /** What the disk refused in the midst of a meeting is tried again: until then nothing is shared. */
  const bondLater = (couple: Couple, met: readonly string[], code: StoreCode): void => {
    const again = async (): Promise<void> => {
      if (bond !== undefined || parts.isLocked() || hasEnded()) return;
      const bonded = await (lasting === undefined ? bondWith(couple) : bondAnew(couple, lasting));
      return bonded.ok ? goTo(met) : bondLater(couple, met, bonded.code);
    };
    onTrouble(code);
    clock.after(bondRetryMs, () => void (bonding = again()));
  };

  /** Nobody can be writing in what there was before: its words are among the drafts. */
  const bondFirst = async (couple: Couple): Promise<Result<void, StoreCode>> => {
    lasting?.leave();
    lasting = undefined;
    await closeBond();
    return bondWith(couple);
  };

  const meetings = createMeetings({
    ...{ keyring, drafts, paused, isLocked: parts.isLocked, clock, random, onTrouble },
    shared: () => bond && { shelf: bond.shelf, gate },
    hasMet: () => bond?.hasMet() === true,
    hasEnded,
  });

  const pairing = createPairingDesk({
    ...{ name: parts.name, clock, random },
    meetings: {
      ...meetings,
      settled: async () => {
        await meetings.settled();
        await bonding;
      },
    },
    keys: () => keyring.content.read().keys,
    meet: (meeting) => network.meet(settings.read())(meeting),
    addresses: () => network.addresses(settings.read()),
    publicAddresses: () => network.publicAddresses(settings.read()),
    paired: (met) => {
      bonding = join(met);
    },
  });

  return {
    partner,
    sync,
    bond: () => bond,
    shared,
    readable: () => shared() ?? ending.past()?.shelf,
    stores: () => stores,
    open: async () => {
      const { couple } = keyring.content.read();
      const bonded = couple === undefined ? accept(undefined) : await bondWith(couple);
      if (!bonded.ok) return bonded;
      carrying = carry();
      const started = await ending.start();
      if (!started.ok) {
        await bond?.close();
        return started;
      }
      if (hasEnded()) sync.set({ state: "ended" });
      return started;
    },
    carry,
    pairing,
    ending,
    hasEnded,
    begun: () => carrying,
    settled: async () => {
      await meetings.settled();
      await bonding;
      meetings.stop();
      // The disk did not let go of an attempt: what is still being typed boards the lifeboat.
      if (!gate.isOpen()) gate.shut();
    },
    close: async () => {
      await ending.stop();
      lasting?.leave();
      await closeBond();
    },
  };
};
