import { createCell } from "../base/live.ts";
import { createQueue } from "../base/queue.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { LedgerStores, StoreCode } from "../ledger/stores.ts";
import { makeCertificate } from "../people/certificate.ts";
import type { Couple } from "../people/space.ts";
import { createBesides } from "./besides.ts";
import { createComputers } from "./computers.ts";
import { forgetPages, sharedStores, storesOf } from "./coupleStores.ts";
import { createEndingDesk } from "./ending/endingDesk.ts";
import type { Partner, SyncTruth } from "./journal.ts";
import { createHeardSince } from "./heardSince.ts";
import { copyCouple } from "./keys/copies.ts";
import { createLastingShelf, type LastingShelf } from "./lastingShelf.ts";
import { createMeetings } from "./meetings.ts";
import { createPairingDesk } from "./pairingDesk.ts";
import { concernsNetwork, readSettings } from "./settings.ts";
import type { SharedShelf } from "./sharedShelf.ts";
import type { Together, TogetherParts } from "./togetherParts.ts";
import { createCarrying } from "./travel/carrying.ts";
import { openBond, type Bond } from "./travel/bond.ts";
import { createShelfGate, type ShelfGate } from "./travel/shelfGate.ts";

/** ms */
const bondRetryMs = 5_000;

export const createTogether = (parts: TogetherParts): Together => {
  const { keyring, drafts, settings, paused, masterKey, network } = parts;
  const { clock, random, onTrouble } = parts;
  const sync = createCell<SyncTruth>({ state: "alone" });
  const partner = createCell<Partner | undefined>(undefined);
  const computers = createComputers(keyring, () => !paused && bond?.hasMet() === true);
  let bond: Bond | undefined;
  /** What others hold of the shelf of `bond`, and of the bonds that take its place. */
  let lasting: LastingShelf | undefined;
  let gate: ShelfGate = createShelfGate();
  let stores: LedgerStores | undefined;
  /** The journal is ending: nothing is carried any more. */
  let hushed = false;
  /** What opens another bond, one at a time. */
  const bonding = createQueue();
  let carrying: Promise<void> = Promise.resolve();

  const shared = (): SharedShelf | undefined => lasting?.shelf;

  const openStores = (couple: Pick<Couple, "space">): LedgerStores =>
    sharedStores(parts.openStores(storesOf(couple), onTrouble).carried);

  const carry = createCarrying({
    ...{ network, settings, bond: () => bond },
    may: () => !parts.isLocked() && !paused && !hushed && besides.mayCarry(),
  });

  const heardSince = createHeardSince({ keyring, clock, isLocked: parts.isLocked, onTrouble });

  const openBondOf = async (couple: Couple): Promise<Result<Bond, StoreCode>> => {
    const opening = openStores(couple);
    const { keys } = keyring.content.read();
    const fresh = createShelfGate();
    const opened = await openBond({
      ...{ couple: copyCouple(couple), keys, masterKey, clock, random },
      onTrouble: besides.reports(() => gate === fresh),
      ...{ readOnly: paused, gate: fresh },
      sendsAtOnce: () => settings.read().sendsAtOnce,
      me: makeCertificate(keys).device,
      stores: opening,
      onAdmitted: (messages) => {
        ending.heard(messages);
        besides.heard(messages);
      },
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
    computers.look();
  };

  const besides = createBesides({
    ...{ keyring, clock, onTrouble, isLocked: parts.isLocked },
    shelf: () => (paused ? undefined : shared()),
    look: () => void bonding(lookForComputers),
    told: () => void carry(),
  });

  /** Whoever is named on the shelf is known before anything is carried. */
  const openKnowing = async (couple: Couple): Promise<Result<Bond, StoreCode>> => {
    const opened = await openBondOf(couple);
    const learned = opened.ok && !paused ? await besides.learn(opened.value.shelf) : undefined;
    if (learned === undefined) return opened;
    await closeBond();
    return openKnowing(learned);
  };

  /** While nobody is being met: a meeting says of its own who is there. */
  const lookForComputers = async (): Promise<void> => {
    const [joined, same] = [bond, lasting];
    const isEnding = hushed || hasEnded() || ending.state.read().state === "ending";
    if (joined === undefined || same === undefined || paused || isEnding) return;
    if (parts.isLocked() || meetings.isBusy()) return;
    const learned = await besides.learn(joined.shelf);
    if (learned === undefined) return;
    meetings.follow(learned);
    const bonded = await bondAnew(learned, same);
    return bonded.ok ? goTo([]) : bondLater([], bonded.code);
  };

  /** What waited, or was cut short, goes on with the couple of now. */
  const goOn = async (joined: Bond): Promise<void> => {
    if (!paused) await besides.announce();
    if (!paused) await parts.sending().keep();
    partner.set({ name: joined.couple.partner.name });
    showSync(joined);
    parts.show();
  };

  const bondWith = async (couple: Couple): Promise<Result<void, StoreCode>> => {
    const opened = await openKnowing(couple);
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
      opened = await openKnowing(couple);
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
    settledBond: () => bonding(async () => bond),
    mayTell: !paused,
    saveAll: parts.saveAll,
    hush: async (quiet) => {
      hushed = quiet;
      // Of what is closed under it there would be nothing left to read.
      await bonding(async () => {});
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
    const done = meetings.finish();
    // One that was paused goes on when it is unlocked with the keys that it has now.
    if (hasEnded()) return;
    if (done === undefined || paused) return goTo(met);
    const { couple, joined } = done;
    const same = space === couple.space && !joined ? lasting : undefined;
    const bonded = await (same === undefined ? bondFirst(couple, joined) : bondAnew(couple, same));
    return bonded.ok ? goTo(met) : bondLater(met, bonded.code);
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
  const bondLater = (met: readonly string[], code: StoreCode): void => {
    const again = async (): Promise<void> => {
      // Somebody may have been learned of since.
      const { couple } = keyring.content.read();
      if (bond !== undefined || couple === undefined || parts.isLocked()) return;
      const bonded = await (lasting === undefined ? bondWith(couple) : bondAnew(couple, lasting));
      return bonded.ok ? goTo(met) : bondLater(met, bonded.code);
    };
    onTrouble(code);
    clock.after(bondRetryMs, () => void bonding(again));
  };

  /** Nobody can be writing in what there was before: its words are among the drafts. */
  const bondFirst = async (couple: Couple, joined: boolean): Promise<Result<void, StoreCode>> => {
    const isAnew = bond !== undefined && joined;
    lasting?.leave();
    lasting = undefined;
    await closeBond();
    // What a device wrote that nobody may have learned of counts for nobody.
    const forgotten = isAnew ? await forgetPages(openStores(couple)) : accept(undefined);
    if (!forgotten.ok) onTrouble(forgotten.code);
    return bondWith(couple);
  };

  const meetings = createMeetings({
    ...{ keyring, drafts, paused, isLocked: parts.isLocked, clock, random, onTrouble },
    shared: () => bond && { shelf: bond.shelf, gate },
    hasMet: () => bond?.hasMet() === true,
    hasEnded,
    freed: () => void bonding(lookForComputers),
  });

  const pairing = createPairingDesk({
    ...{ name: parts.name, opens: parts.opens, clock, random },
    meetings: {
      ...meetings,
      settled: async () => {
        await meetings.settled();
        await bonding(async () => {});
      },
    },
    keys: () => keyring.content.read().keys,
    meet: (meeting) => network.meet(settings.read())(meeting),
    addresses: () => network.addresses(settings.read()),
    publicAddresses: () => network.publicAddresses(settings.read()),
    paired: (met) => void bonding(() => join(met)),
  });

  return {
    partner,
    sync,
    computers: computers.live,
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
      await bonding(async () => {});
      meetings.stop();
      besides.stop();
      computers.stop();
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
