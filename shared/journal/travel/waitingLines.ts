import type { NotebookId } from "../../base/ids.ts";
import type { Acked } from "../../carry/acks.ts";
import type { EnvelopeKey } from "../../envelope/envelope.ts";
import type { CarriedLedger } from "../../ledger/carriedLedger.ts";
import type { IndexLine } from "../../ledger/indexLine.ts";

/** `ahead`: offered before its turn; it stands once more where its turn is. */
export type WaitingLine = { readonly line: IndexLine; readonly ahead: boolean };

/**
 * What the partner has not acknowledged, from beyond `from` on, oldest first, without what was withdrawn. That
 * leaves gaps which redactions alone fill, so then redactions go ahead: a reader who holds what follows a gap would
 * be full before one came in its turn.
 */
export const waitingLines = (
  ledger: CarriedLedger,
  acked: Acked,
  notebook: NotebookId,
  from: number,
): readonly WaitingLine[] => {
  const lines = ledger.ownAfter(notebook, acked.upTo(notebook));
  const waiting = lines.filter(({ seq, redacted }) => seq > from && !redacted);
  const gaps = lines.some(({ redacted }) => redacted);
  const first = gaps ? waiting.filter(({ kind }) => kind === "redaction") : [];
  return [
    ...first.map((line) => ({ line, ahead: true })),
    ...waiting.map((line) => ({ line, ahead: false })),
  ];
};

/** To be taken back where they were offered. */
export const withdrawnKeys = (
  ledger: CarriedLedger,
  acked: Acked,
  notebook: NotebookId,
): ReadonlySet<EnvelopeKey> =>
  new Set(
    ledger
      .ownAfter(notebook, acked.upTo(notebook))
      .flatMap(({ key, redacted }) => (redacted ? [key] : [])),
  );

/** As the line stands by now: it may have been withdrawn since it was read. */
export const isWithdrawn = (ledger: CarriedLedger, { notebook, device, seq }: IndexLine): boolean =>
  ledger.linesOf(notebook, device)[seq - 1]?.redacted === true;
