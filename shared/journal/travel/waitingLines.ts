import type { DeviceId } from "../../base/ids.ts";
import { chainName } from "../../envelope/chain.ts";
import type { EnvelopeKey } from "../../envelope/envelope.ts";
import { acksPerAck, type Acked } from "../../carry/acks.ts";
import type { CarriedLedger } from "../../ledger/carriedLedger.ts";
import type { IndexLine } from "../../ledger/indexLine.ts";
import { wordChains, type Chain, type SharedChains } from "../sharedChains.ts";

/** `ahead`: offered before its turn; it stands once more where its turn is. */
type WaitingLine = {
  readonly line: IndexLine;
  readonly ahead: boolean;
  /** It may go where there is no room any more, so that no chain waits for another without end. */
  readonly first: boolean;
};

type Shelf = { readonly ledger: CarriedLedger; readonly chains: SharedChains };

/** Of one chain: what is not acknowledged, as far as it counts, oldest first. */
const unacked = (
  ledger: CarriedLedger,
  acked: Acked,
  { notebook, device, upTo }: Chain,
): readonly IndexLine[] =>
  ledger.linesOf(notebook, device).slice(acked.upTo(notebook, device), upTo);

/** Some of them are not one's own: they may wait for one another. */
export const areSeveral = ({ me }: Pick<SharedChains, "me">, of: readonly Chain[]): boolean =>
  of.some(({ device }) => device !== me);

/**
 * What is not acknowledged of these chains, beyond what `offered` names, without what was withdrawn. That leaves gaps
 * which redactions alone fill, so then redactions go ahead: a reader who holds what follows a gap would be full
 * before one came in its turn. `offered`: up to which number, by chain.
 *
 * Own words, then own acks. Where others' chains are among them all of them may wait for one another: then about in
 * the order in which all of it was written, and of each chain the next may always go. Whatever the window, the oldest
 * of all that waits is on its way, and what it follows is there.
 */
export const waitingLines = (
  { ledger, chains }: Shelf,
  of: readonly Chain[],
  acked: Acked,
  offered: ReadonlyMap<string, number> = new Map(),
): readonly WaitingLine[] => {
  const all = of.map((chain) => ({ chain, lines: unacked(ledger, acked, chain) }));
  const several = areSeveral(chains, of);
  const gaps = all.map(({ lines }) => lines.some(({ redacted }) => redacted));
  const inTurn = all.map(({ chain: { notebook, device }, lines }, index) => {
    const heard = acked.upTo(notebook, device);
    const from = Math.max(heard, offered.get(chainName(notebook, device)) ?? 0);
    const waiting = lines.filter(({ seq, redacted }) => seq > from && !redacted);
    const ahead = (several ? gaps.includes(true) : gaps[index] === true)
      ? waiting.filter(({ kind }) => kind === "redaction")
      : [];
    return {
      ahead: ahead.map((line): WaitingLine => ({ line, ahead: true, first: several })),
      lines: waiting.map((line, at): WaitingLine => {
        const next = at === 0 && from === heard;
        const first = next || (line.kind === "ack" && line.seq <= heard + acksPerAck);
        return { line, ahead: false, first: several && first };
      }),
    };
  });
  if (!several) return inTurn.flatMap(({ ahead, lines }) => [...ahead, ...lines]);
  return [...inTurn.flatMap(({ ahead }) => ahead), ...asWritten(inTurn.map(({ lines }) => lines))];
};

/** Clocks may be wrong, so within a chain its own order counts. */
const asWritten = (chains: readonly (readonly WaitingLine[])[]): readonly WaitingLine[] =>
  chains
    .flatMap((lines) => {
      let latest = 0;
      return lines.map((one) => {
        latest = Math.max(latest, one.line.time);
        return { one, at: latest };
      });
    })
    .toSorted((one, other) => one.at - other.at)
    .map(({ one }) => one);

/** To be taken back where they were offered. */
export const withdrawnKeys = (
  { ledger }: Pick<Shelf, "ledger">,
  of: readonly Chain[],
  acked: Acked,
): ReadonlySet<EnvelopeKey> =>
  new Set(
    of
      .flatMap((chain) => unacked(ledger, acked, chain))
      .flatMap(({ key, redacted }) => (redacted ? [key] : [])),
  );

/**
 * Words that are not acknowledged, of whoever: the partner may have lost their own. `peer`: by this device; else by the
 * partner, whichever of their devices it is.
 */
export const wordsNotThere = (
  { ledger, chains }: Shelf,
  acked: Acked,
  peer?: DeviceId,
): readonly IndexLine[] =>
  wordChains(chains, peer).flatMap((chain) => unacked(ledger, acked, chain));

/**
 * Photos go after words. Not after those of a device that is gone, once all of my own are there: a chain of it that
 * forked ends for each of the two somewhere else, and would keep every photo back for good.
 */
export const mayPhotosGo = (shelf: Shelf, acked: Acked, peer?: DeviceId): boolean => {
  const { ledger, chains } = shelf;
  const own = ledger.linesOf(chains.mine, chains.me).length;
  return own > 0
    ? acked.upTo(chains.mine, chains.me) >= own
    : wordsNotThere(shelf, acked, peer).length === 0;
};

/** As the line stands by now: it may have been withdrawn since it was read. */
export const isWithdrawn = (ledger: CarriedLedger, { notebook, device, seq }: IndexLine): boolean =>
  ledger.linesOf(notebook, device)[seq - 1]?.redacted === true;
