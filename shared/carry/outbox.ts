import type { Cancel, Clock } from "../base/clock.ts";
import { createCell, type Live } from "../base/live.ts";
import type { Result } from "../base/result.ts";

/**
 * Collects what is typed and seals it when the typing pauses, or after a while of typing on, so that the
 * rhythm of the keys does not show (PROTOCOL §7). Nothing typed is dropped before `seal` has answered ok.
 */
export type Outbox<Code extends string> = {
  readonly add: (update: Uint8Array) => void;
  readonly state: Live<OutboxState<Code>>;
  /** Seals what is there now and waits for the disk. */
  readonly flush: () => Promise<Result<void, Code>>;
  /** No timer runs afterwards; what was not flushed is returned to nobody, so flush first. */
  readonly dispose: () => void;
};

export type OutboxState<Code extends string> =
  | { readonly state: "untouched" }
  | { readonly state: "saving" }
  | { readonly state: "saved" }
  | { readonly state: "failed"; readonly code: Code };

export type OutboxParts<Code extends string> = {
  readonly clock: Clock;
  /** Seal after this long without a key, ms. */
  readonly pauseMs: number;
  /** Seal at least this often while keys come, ms. */
  readonly everyMs: number;
  /** Try again this long after a refusal, ms. */
  readonly retryMs: number;
  readonly merge: (updates: readonly Uint8Array[]) => Uint8Array;
  /** Bytes; updates are merged only up to this. */
  readonly limit: number;
  readonly seal: (update: Uint8Array) => Promise<Result<void, Code>>;
};

export const createOutbox = <Code extends string>(parts: OutboxParts<Code>): Outbox<Code> => {
  const state = createCell<OutboxState<Code>>({ state: "untouched" });
  let waiting: Uint8Array[] = [];
  let firstAt = 0;
  let cancel: Cancel = () => {};
  let sealing: Promise<Result<void, Code>> = Promise.resolve({ ok: true, value: undefined });

  const schedule = (ms: number): void => {
    cancel();
    cancel = parts.clock.after(ms, () => void flush());
  };

  const sealWaiting = async (): Promise<Result<void, Code>> => {
    while (waiting.length > 0) {
      const batch = takeBatch(waiting, parts);
      const sealed = await parts.seal(batch.update);
      if (!sealed.ok) {
        state.set({ state: "failed", code: sealed.code });
        schedule(parts.retryMs);
        return sealed;
      }
      waiting = waiting.slice(batch.count);
    }
    if (state.read().state !== "untouched") state.set({ state: "saved" });
    return { ok: true, value: undefined };
  };

  const flush = (): Promise<Result<void, Code>> => {
    cancel();
    sealing = sealing.then(sealWaiting);
    return sealing;
  };

  return {
    state,
    flush,
    add: (update) => {
      if (waiting.length === 0) firstAt = parts.clock.now();
      waiting.push(update);
      if (state.read().state !== "failed") state.set({ state: "saving" });
      const left = firstAt + parts.everyMs - parts.clock.now();
      schedule(Math.max(0, Math.min(parts.pauseMs, left)));
    },
    dispose: () => cancel(),
  };
};

const takeBatch = <Code extends string>(
  waiting: readonly Uint8Array[],
  parts: OutboxParts<Code>,
): { readonly update: Uint8Array; readonly count: number } => {
  let size = 0;
  let count = 0;
  for (const update of waiting) {
    if (count > 0 && size + update.length > parts.limit) break;
    size += update.length;
    count += 1;
  }
  return { update: parts.merge(waiting.slice(0, count)), count };
};
