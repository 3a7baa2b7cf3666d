import type { Cancel, Clock } from "../base/clock.ts";
import { createCell, type Live } from "../base/live.ts";
import { accept, type Result } from "../base/result.ts";

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

type Typed = { readonly update: Uint8Array; readonly at: number };

export const createOutbox = <Code extends string>(parts: OutboxParts<Code>): Outbox<Code> => {
  const { clock } = parts;
  const state = createCell<OutboxState<Code>>({ state: "untouched" });
  let waiting: Typed[] = [];
  /** How many of them, the oldest, are being sealed now. */
  let inHand = 0;
  let cancel: Cancel = () => {};
  let disposed = false;
  let sealing: Promise<Result<void, Code>> = Promise.resolve(accept(undefined));

  const schedule = (ms: number): void => {
    cancel();
    if (!disposed) cancel = clock.after(ms, () => void flush());
  };

  /** By what waits now: keys that came while others were being sealed wait for a pause of their own. */
  const scheduleByRhythm = (): void => {
    const first = waiting[inHand];
    const last = waiting.at(-1);
    if (first === undefined || last === undefined) return;
    schedule(
      Math.max(0, Math.min(last.at + parts.pauseMs, first.at + parts.everyMs) - clock.now()),
    );
  };

  const sealWaiting = async (): Promise<Result<void, Code>> => {
    inHand = waiting.length;
    while (inHand > 0) {
      const batch = takeBatch(waiting.slice(0, inHand), parts.limit);
      const sealed = await parts.seal(parts.merge(batch));
      if (!sealed.ok) {
        inHand = 0;
        state.set({ state: "failed", code: sealed.code });
        schedule(parts.retryMs);
        return sealed;
      }
      waiting = waiting.slice(batch.length);
      inHand -= batch.length;
    }
    if (state.read().state !== "untouched")
      state.set({ state: waiting.length === 0 ? "saved" : "saving" });
    scheduleByRhythm();
    return accept(undefined);
  };

  const flush = (): Promise<Result<void, Code>> => {
    cancel();
    sealing = sealing.then(sealWaiting, sealWaiting);
    return sealing;
  };

  return {
    state,
    flush,
    add: (update) => {
      waiting.push({ update, at: clock.now() });
      if (state.read().state === "failed") return;
      state.set({ state: "saving" });
      scheduleByRhythm();
    },
    dispose: () => {
      disposed = true;
      cancel();
    },
  };
};

/** The oldest, as many as fit: at least one, whatever its size. */
const takeBatch = (waiting: readonly Typed[], limit: number): readonly Uint8Array[] => {
  const batch: Uint8Array[] = [];
  let size = 0;
  for (const { update } of waiting) {
    if (batch.length > 0 && size + update.length > limit) break;
    size += update.length;
    batch.push(update);
  }
  return batch;
};
