import { accept, type Result } from "../base/result.ts";
import type { Admission } from "../envelope/admit.ts";
import type { EnvelopeKey } from "../envelope/envelope.ts";
import type { Message } from "../envelope/message.ts";
import type { Outcome } from "../envelope/outcome.ts";
import type { StandIn } from "../envelope/standIns.ts";
import type { Rules, VerifiedMessage } from "../envelope/verify.ts";
import type { Book, Digest, Entering, Kept, Leaf } from "./book.ts";
import { createSurvey, fillHoles, ownHoles } from "./holes.ts";
import type { OwnMarks } from "./ownMark.ts";
import type { StoredReader } from "./readStored.ts";
import type { Replaying } from "./replay.ts";
import type { StoreCode } from "./stores.ts";
import type { Volumes } from "./volumes.ts";

/** Brings messages into the carried ledger's chains and book: what arrives, and at a start what lies in the volumes. */
export type TakingIn = Replaying & {
  readonly arrived: (
    envelopes: readonly Uint8Array[],
  ) => Promise<Result<readonly Outcome[], StoreCode | "CACHE_DAMAGED">>;
};

export type TakingInParts = {
  readonly rules: Rules;
  readonly ownMarks: OwnMarks;
  readonly reader: StoredReader;
  readonly book: Book;
  readonly admission: Admission;
  readonly volumes: Volumes;
  readonly digest: Digest;
  readonly onTrouble: (code: string) => void;
};

export const createTakingIn = (parts: TakingInParts): TakingIn => {
  const { rules, reader, book, admission, volumes, onTrouble } = parts;
  const survey = createSurvey(reader.vouched);
  let nextOwnHole = ownHoles([]);
  /** Where envelopes lie that the index does not know (yet): found by a replay, or stored before their turn. */
  const lying = new Map<EnvelopeKey, number>();
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
    const stored = await book.store(fresh, where);
    if (!stored.ok) return stored;
    for (const { key } of fresh) lying.set(key, stored.value);
    return accept(undefined);
  };

  const takeInOthers = async (
    envelopes: readonly Uint8Array[],
    during: "replay" | "life",
  ): Promise<Result<readonly Outcome[], StoreCode | "CACHE_DAMAGED">> => {
    const judged = admission.judge(envelopes);
    const forked = judged.forks.flatMap(keptBy);
    const stored = await storeUnknown([...judged.admitted, ...vouchersOf(judged.chained)]);
    if (!stored.ok) return stored;
    const apart = await storeUnknown(
      forked.map(({ leaf }) => leaf),
      "apart",
    );
    if (!apart.ok) return apart;
    admission.commit(judged);
    if (judged.forks.length > 0) onTrouble("FORK");
    for (const { code } of judged.dropped) onTrouble(code);
    for (const entered of [await enter(judged.chained, []), await enter([], forked)]) {
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
      const { message, own: mark } = leaf;
      if (!parts.ownMarks.holds(message.id, mark)) {
        onTrouble("NO_TAG");
        return [];
      }
      const filled = fillOwnHoles(message);
      const next = admission.nextHeader(message.header.notebook);
      if (message.header.seq !== next.seq || message.header.prev !== next.prev) return [...filled];
      admission.record(message);
      return [...filled, leaf];
    });

  return {
    arrived: (envelopes) => takeInOthers(envelopes, "life"),
    survey: survey.note,
    surveyed: () => {
      const standIns = survey.standIns();
      const isMine = ({ header }: StandIn): boolean => header.device === rules.me.device;
      nextOwnHole = ownHoles(standIns.filter(isMine));
      admission.offerStandIns(standIns.filter((standIn) => !isMine(standIn)));
    },
    replay: async (found, volume) => {
      for (const { key } of found) lying.set(key, volume);
      const opened = found
        .map((leaf) => ({ ...leaf, message: reader.open(leaf.envelope) }))
        .toSorted(bySequence);
      const own = opened.filter((leaf): leaf is typeof leaf & { readonly message: Message } =>
        reader.isOwn(leaf.message),
      );
      const entered = await enter(followOwn(own), []);
      if (!entered.ok) return entered;
      const others = opened.filter(({ message }) => !reader.isOwn(message));
      const taken = await takeInOthers(
        others.map(({ envelope }) => envelope),
        "replay",
      );
      return taken.ok ? accept(undefined) : taken;
    },
  };
};

const keptBy = ({
  kept,
  entries,
}: {
  readonly kept: readonly Leaf[];
  readonly entries: readonly Kept["entry"][];
}): readonly Kept[] =>
  kept.flatMap((leaf, index) => {
    const entry = entries[index];
    return entry === undefined ? [] : [{ leaf, entry }];
  });

/** The redactions by whose word gaps were filled: their own turn may come much later, or after a restart. */
const vouchersOf = (
  chained: ReturnType<Admission["judge"]>["chained"],
): readonly VerifiedMessage[] => {
  const vouchers = chained.flatMap((one) => ("message" in one ? [] : [one.by]));
  return [...new Map(vouchers.map((by) => [by.key, by])).values()];
};

type MaybeRead = { readonly message: Message | undefined };

/** A volume gives its envelopes in any order, and only so many may wait for their turn. */
const bySequence = (one: MaybeRead, other: MaybeRead): number =>
  (one.message?.header.seq ?? 0) - (other.message?.header.seq ?? 0);
