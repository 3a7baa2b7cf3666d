import type { Cancel, Clock } from "../base/clock.ts";
import { groupBy } from "../base/group.ts";
import type { Queue } from "../base/queue.ts";
import { accept, type Result } from "../base/result.ts";
import type { Book } from "./book.ts";
import type { SealedCache } from "./sealedCache.ts";
import type { StoreCode } from "./stores.ts";
import type { Volumes } from "./volumes.ts";

/** Brings redacted envelopes off the disk: the last step of a redaction, finished at the next start at the latest. */
export type Removal = {
  /** Now; within the ledger's queue. Refused by the disk: they stay marked, and it is tried again. */
  readonly finish: () => Promise<Result<void, StoreCode>>;
  /** Within the ledger's queue, where a redaction may have come in. */
  readonly afterRedactions: () => Promise<void>;
  readonly stop: () => void;
};

export type RemovalParts = {
  readonly book: Book;
  readonly volumes: Volumes;
  readonly cache: SealedCache;
  readonly clock: Clock;
  readonly queue: Queue;
  readonly onTrouble: (code: string) => void;
};

/** A removal writes a volume anew: a partner who redacts without end causes one in so long, ms. */
const pauseMs = 5_000;
/** What the disk refused is tried again after this long, ms. */
const retryMs = 30_000;

export const createRemoval = (parts: RemovalParts): Removal => {
  const { book, volumes, cache, clock, queue, onTrouble } = parts;
  let notBefore = 0;
  let cancel: Cancel | undefined;
  let stopped = false;

  const removeAll = async (): Promise<Result<void, StoreCode>> => {
    if (cache.isBehind()) {
      const marked = await cache.write([]);
      if (!marked.ok) return marked;
    }
    let outcome: Result<void, StoreCode> = accept(undefined);
    for (const [volume, lines] of groupBy(book.leaving(), (line) => line.volume)) {
      const removed = await volumes.remove(
        volume,
        lines.map(({ key }) => key),
      );
      if (removed.ok) await book.left(lines);
      else outcome = removed;
    }
    return outcome;
  };

  const finish = async (): Promise<Result<void, StoreCode>> => {
    if (stopped || book.leaving().length === 0) return accept(undefined);
    const removed = await removeAll();
    notBefore = clock.now() + (removed.ok ? pauseMs : retryMs);
    if (!removed.ok) {
      onTrouble(removed.code);
      later();
    }
    return removed;
  };

  const later = (): void => {
    cancel?.();
    cancel = clock.after(Math.max(0, notBefore - clock.now()), () => {
      cancel = undefined;
      void queue(finish);
    });
  };

  return {
    finish,
    afterRedactions: async () => {
      if (stopped || book.leaving().length === 0) return;
      if (clock.now() >= notBefore) await finish();
      else if (cancel === undefined) later();
    },
    stop: () => {
      stopped = true;
      cancel?.();
    },
  };
};
