import { accept, type Result } from "../base/result.ts";
import type { Admission, Judged } from "../envelope/admit.ts";
import type { Devices } from "../envelope/devices.ts";
import type { CarriedEnvelope, EnvelopeKey } from "../envelope/envelope.ts";
import type { Message } from "../envelope/message.ts";
import type { Fork, Outcome } from "../envelope/outcome.ts";
import { isByAnother, standInsOf, type StandIn } from "../envelope/standIns.ts";
import type { Rules, VerifiedMessage } from "../envelope/verify.ts";
import type { Book, Digest, Entering, Kept, Leaf } from "./book.ts";
import { createSurvey, fillHoles, ownHoles } from "./holes.ts";
import { createOwnTurns } from "./ownTurns.ts";
import type { OwnMarks } from "./ownMark.ts";
import type { StoredReader } from "./readStored.ts";
import type { Found, Replaying } from "./replay.ts";
import type { StoreCode } from "./stores.ts";
import type { Volumes } from "./volumes.ts";

/** Brings messages into the carried ledger's chains and book: what arrives, and at a start what lies in the volumes. */
export type TakingIn = Replaying & {
  readonly arrived: (
    envelopes: readonly Uint8Array[],
    ofMine?: ReadonlySet<Uint8Array>,
  ) => Promise<Result<readonly Outcome[], StoreCode | "CACHE_DAMAGED">>;
};

export type TakingInParts = {
  readonly rules: Rules;
  readonly devices: Devices;
  readonly ownMarks: OwnMarks;
  readonly reader: StoredReader;
  readonly book: Book;
  readonly admission: Admission;
  readonly volumes: Volumes;
  readonly digest: Digest;
  readonly onTrouble: (code: string) => void;
};

export const createTakingIn = (parts: TakingInParts): TakingIn => {
  const { rules, devices, ownMarks, reader, book, admission, volumes, onTrouble } = parts;
  const survey = createSurvey((found) => {
    const verified = reader.verify(found);
    return verified.ok ? verified.value : undefined;
  }, devices.mayWithdraw);
  let nextOwnHole = ownHoles([]);
  /** Where envelopes lie that the index does not know (yet): found by a replay, or stored before their turn. */
  const lying = new Map<EnvelopeKey, number>();
  /** Where those lie that count for nothing there: without a mark, or of nobody. */
  const unmarked = new Map<EnvelopeKey, number>();
  const volumeOf = (key: EnvelopeKey): number => lying.get(key) ?? volumes.newest();

  const enter = async (
    chained: Entering["chained"],
    forked: Entering["forked"],
  ): Promise<Result<void, "CACHE_DAMAGED">> => {
    const entered = await book.enter({ chained, forked, volumeOf }, parts.digest);
    if (!entered.ok) onTrouble(entered.code);
    for (const one of chained) if ("message" in one) lying.delete(one.key);
    for (const { leaf } of forked) lying.delete(leaf.key);
    return entered;
  };

  /**
   * A start looks through the newest volume alone. A redaction that was stored before its turn may lie in an older
   * one when its turn comes: it is stored once more.
   */
  const isWhereAStartLooks = ({ key, message }: Leaf): boolean => {
    const volume = lying.get(key);
    return (
      volume !== undefined && (volume === volumes.newest() || message.header.kind !== "redaction")
    );
  };

  /**
   * What a fork keeps is stored apart, in a later volume: of two messages with one sequence, a rebuild must chain
   * the one that was there first, or what follows it would be gone.
   */
  const storeUnknown = async (
    leaves: readonly Leaf[],
    where?: "apart",
  ): Promise<Result<void, StoreCode>> => {
    const fresh = leaves.filter((leaf) => !book.knows(leaf.key) && !isWhereAStartLooks(leaf));
    if (fresh.length === 0) return accept(undefined);
    // A volume keeps what it has: the one without a mark goes first, or the mark would not be there at the next start.
    for (const { key, own } of fresh) {
      const volume = own === undefined ? undefined : unmarked.get(key);
      if (volume === undefined) continue;
      const removed = await volumes.remove(volume, [key]);
      if (!removed.ok) return removed;
      unmarked.delete(key);
    }
    const stored = await book.store(fresh, where);
    if (!stored.ok) return stored;
    for (const { key } of fresh) lying.set(key, stored.value);
    return accept(undefined);
  };

  /** With the mark that lets it count on this disk where no tag does; deterministic, so that it may be made again. */
  const leafOf = (verified: VerifiedMessage): Leaf => {
    const { message, vouched } = verified;
    const { device } = message.header;
    const isMine = devices.isMine(device);
    if (!vouched && !isMine) return verified;
    const cameBack = vouched && devices.comesBack(device);
    const { make, makeVouched } = ownMarks;
    // Also of another computer of mine: once that one is gone, nobody's tag counts for it any more.
    const own = isMine && !cameBack ? make(message.id) : makeVouched(message.id);
    return { ...verified, own, cameBack };
  };

  const takeIn = async (
    judged: Judged,
    during: "replay" | "life",
  ): Promise<Result<readonly Outcome[], StoreCode | "CACHE_DAMAGED">> => {
    const forked = judged.forks.flatMap((fork) => keptBy(fork, leafOf));
    const unknown = [...judged.admitted, ...vouchersOf(judged.chained)].map(leafOf);
    const stored = await storeUnknown(unknown);
    if (!stored.ok) return stored;
    const apart = await storeUnknown(
      forked.map(({ leaf }) => leaf),
      "apart",
    );
    if (!apart.ok) return apart;
    admission.commit(judged);
    if (judged.forks.length > 0) onTrouble("FORK");
    for (const { code } of judged.dropped) onTrouble(code);
    const chained = judged.chained.map((one) => ("message" in one ? leafOf(one) : one));
    for (const entered of [await enter(chained, []), await enter([], forked)]) {
      if (!entered.ok && during === "replay") return entered;
    }
    return accept(judged.outcomes);
  };

  /** The gap before one's own next message, as far as one's own redactions account for it. */
  const fillOwnHoles = ({ header: { notebook, seq } }: Message): readonly StandIn[] =>
    fillHoles(
      seq,
      () => admission.nextHeader(notebook),
      (place) => nextOwnHole(notebook, place),
      admission.recordStandIn,
    );

  const followOwn = (own: readonly Leaf[]): Entering["chained"] =>
    own.flatMap((leaf): (Leaf | StandIn)[] => {
      const { message } = leaf;
      const filled = fillOwnHoles(message);
      const next = admission.nextHeader(message.header.notebook);
      if (message.header.seq !== next.seq || message.header.prev !== next.prev) return [...filled];
      admission.record(message);
      return [...filled, leaf];
    });

  /** One's own last words are gone by what another computer of one's own said: their places stay taken. */
  const fillOwnEnds = (): readonly StandIn[] =>
    rules.notebooks.flatMap(({ id }) =>
      fillHoles(
        Infinity,
        () => admission.nextHeader(id),
        (place) => nextOwnHole(id, place),
        admission.recordStandIn,
      ),
    );
  const isMadeAnew = book.chains.heads().length === 0;

  /**
   * Once, before the first thing that arrives: what redactions said before this start of chains that have not come so
   * far. It is in no index, and what it withdrew may still be on its way.
   */
  let hasRecalled = false;
  const recall = async (): Promise<void> => {
    if (hasRecalled) return;
    hasRecalled = true;
    for (const { notebook, device } of book.chains.heads()) {
      if (device === rules.me.device || devices.ofPerson(device).length < 2) continue;
      const said = book.linesOf(notebook, device).filter(({ kind }) => kind === "redaction");
      for (const line of said) {
        const envelope = await book.readEnvelope(line);
        const message = envelope.ok ? reader.open(envelope.value) : undefined;
        if (message === undefined || !envelope.ok) continue;
        const by = {
          key: line.key,
          envelope: envelope.value as CarriedEnvelope,
          message,
          vouched: false,
        };
        const ahead = standInsOf(by, devices.mayWithdraw).filter(
          (one) => isByAnother(one) && book.chains.entryOf(one.id) === undefined,
        );
        if (ahead.length > 0) admission.offerStandIns(ahead);
      }
    }
  };

  const isInUse = ({ header }: Message | StandIn): boolean => header.device === rules.me.device;

  /** What other devices of one's own wrote comes first, so that a page goes on in the order it was written in. */
  const waitsForOthers = ({ message }: Leaf): boolean =>
    message.payload.seen.some(
      ({ device, id }) => devices.isMine(device) && book.chains.entryOf(id) === undefined,
    );

  /** What counts of it, by ascending sequence: a volume gives its envelopes in any order, and only so many may wait. */
  const verifyStored = (found: readonly Found[]): readonly VerifiedMessage[] =>
    found
      .flatMap((one) => {
        const verified = reader.verify(one);
        if (verified.ok) return [verified.value];
        const device = reader.open(one.envelope)?.header.device;
        if (device !== undefined && devices.isMine(device)) onTrouble(verified.code);
        return [];
      })
      .toSorted((one, other) => one.message.header.seq - other.message.header.seq);

  return {
    arrived: async (envelopes, ofMine) => {
      await recall();
      return takeIn(admission.judge(envelopes, ofMine), "life");
    },
    survey: survey.note,
    surveyed: () => {
      const standIns = survey.standIns();
      nextOwnHole = ownHoles(standIns.filter(isInUse));
      admission.offerStandIns(standIns.filter((standIn) => !isInUse(standIn)));
    },
    replay: async (found, volume) => {
      const verified = verifyStored(found);
      for (const { key } of found) unmarked.set(key, volume);
      for (const { key } of verified) {
        unmarked.delete(key);
        lying.set(key, volume);
      }
      const own = createOwnTurns(verified.filter(({ message }) => isInUse(message)));
      let others = verified.filter(({ message }) => !isInUse(message));
      let inTurns = true;
      // Each may wait for what the other has. What is one's own goes on in any case, once nothing else moves.
      while (own.left() || others.length > 0) {
        const followed = followOwn(own.next(inTurns ? waitsForOthers : () => false));
        // What is gone waits for nobody, and others may have seen it.
        const filled = own.firsts().flatMap(({ message }) => fillOwnHoles(message));
        const entered = await enter([...followed, ...filled], []);
        if (!entered.ok) return entered;
        const judged: Judged = admission.judgeVerified(others.map((one) => accept(one)));
        const taken = await takeIn(judged, "replay");
        if (!taken.ok) return taken;
        others = others.filter((_, index) => taken.value[index]?.outcome === "HELD_FULL");
        if (followed.length + filled.length > 0 || judged.chained.length > 0) continue;
        if (!inTurns || !own.left()) break;
        inTurns = false;
      }
      return accept(undefined);
    },
    replayed: async () => {
      if (!isMadeAnew) return accept(undefined);
      const entered = await enter(fillOwnEnds(), []);
      if (!entered.ok) return entered;
      const taken = await takeIn(admission.judgeEnds(), "replay");
      return taken.ok ? accept(undefined) : taken;
    },
  };
};

const keptBy = (
  { kept, entries }: Fork,
  leafOf: (verified: VerifiedMessage) => Leaf,
): readonly Kept[] =>
  kept.flatMap((verified, index) => {
    const entry = entries[index];
    return entry === undefined ? [] : [{ leaf: leafOf(verified), entry }];
  });

/** The redactions by whose word gaps were filled: their own turn may come much later, or after a restart. */
const vouchersOf = (
  chained: ReturnType<Admission["judge"]>["chained"],
): readonly VerifiedMessage[] => {
  const vouchers = chained.flatMap((one) => ("message" in one ? [] : [one.by]));
  return [...new Map(vouchers.map((by) => [by.key, by])).values()];
};
