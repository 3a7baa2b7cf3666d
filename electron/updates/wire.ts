import type { Session } from "electron";
import type { Clock } from "../../shared/base/clock.ts";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import { originOf } from "../appOrigin.ts";

/** One GET to the release address. Rejects where nothing answers. */
export type UpdateWire = (address: string, signal: AbortSignal) => Promise<Response>;

/**
 * A session of its own, in memory: the page's own guard never lets the release host through. This one lets its
 * origin through while a request of ours begins, and nothing else at any time. A redirect begins a request too.
 */
export const createUpdateWire = (own: Session, address: string): UpdateWire => {
  const origin = originOf(address);
  let beginning = 0;
  own.webRequest.onBeforeRequest(({ url }, answer) =>
    answer({ cancel: beginning === 0 || originOf(url) !== origin }),
  );
  // What the host learns: an internet address, and that a Twofold asks. Neither its version nor the system's.
  own.setUserAgent("Twofold");
  return async (wanted, signal) => {
    beginning++;
    try {
      return await own.fetch(wanted, {
        redirect: "error",
        credentials: "omit",
        signal,
      });
    } finally {
      beginning--;
    }
  };
};

export type ReceiveParts = {
  readonly wire: UpdateWire;
  readonly clock: Clock;
  /** Bytes; one more is refused. */
  readonly limit: number;
  /** The longest silence, ms. */
  readonly silence: number;
  /** The longest whole, ms. */
  readonly whole: number;
};

/**
 * Hands over what comes, piece by piece, and ends by itself: too much, too slow, from elsewhere. What the pieces are
 * worth is for the caller to judge; `take` may throw for its own disk.
 */
export const receive = async (
  address: string,
  take: (piece: Uint8Array) => Promise<void>,
  { wire, clock, limit, silence, whole }: ReceiveParts,
): Promise<Result<void, "NOT_REACHED" | "RELEASE_REFUSED">> => {
  if (!address.startsWith("https://")) return refuse("RELEASE_REFUSED", "address");
  const giveUp = new AbortController();
  const stopWhole = clock.after(whole, () => giveUp.abort());
  let stopSilence = clock.after(silence, () => giveUp.abort());
  try {
    const response = await wire(address, giveUp.signal).catch(() => undefined);
    if (response === undefined) return refuse("NOT_REACHED");
    if (response.redirected || (response.url !== "" && response.url !== address))
      return refuse("RELEASE_REFUSED", "elsewhere");
    if (!response.ok || response.body === null) return refuse("NOT_REACHED", `${response.status}`);
    if (Number(response.headers.get("content-length") ?? 0) > limit)
      return refuse("RELEASE_REFUSED", "size");
    const reader = response.body.getReader();
    for (let received = 0; ;) {
      const piece = await reader.read().catch(() => undefined);
      if (piece === undefined) return refuse("NOT_REACHED", "broken off");
      if (piece.done) return accept(undefined);
      stopSilence();
      stopSilence = clock.after(silence, () => giveUp.abort());
      received += piece.value.length;
      if (received > limit) return refuse("RELEASE_REFUSED", "size");
      await take(piece.value);
    }
  } finally {
    stopWhole();
    stopSilence();
    giveUp.abort();
  }
};
