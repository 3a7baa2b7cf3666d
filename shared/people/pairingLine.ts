import type { Clock } from "../base/clock.ts";
import type { Wire } from "../base/wire.ts";

/** A wire that may be used carelessly: sending into a closed one does nothing, closing twice neither. */
export type PairingLine = {
  readonly fingerprints: Wire["fingerprints"];
  readonly send: (message: Uint8Array) => void;
  /** Replaces who hears; nobody hears after `close`, `letGo` or once it is closed. */
  readonly hear: (hearing: Hearing) => void;
  readonly close: () => void;
  /**
   * Closes once the other end has, at the latest after 3 s: closing a WebRTC connection at once throws away what
   * was sent last, and the last message is the one that says why.
   */
  readonly letGo: () => void;
};

export type Hearing = {
  readonly onMessage: (message: Uint8Array) => void;
  readonly onClose: () => void;
};

const letGoMs = 3_000;

export const createPairingLine = (wire: Wire, clock: Clock): PairingLine => {
  let hearing: Hearing | undefined;
  let open = true;
  let cancelTimer = (): void => {};

  const shut = (): Hearing | undefined => {
    const last = hearing;
    open = false;
    hearing = undefined;
    cancelTimer();
    return last;
  };
  const close = (): void => {
    if (!open) return;
    shut();
    wire.close();
  };
  wire.listen({
    onMessage: (message) => hearing?.onMessage(message),
    onClose: () => shut()?.onClose(),
  });
  return {
    fingerprints: wire.fingerprints,
    send: (message) => {
      if (!open) return;
      try {
        wire.send(message);
      } catch {
        // A wire that breaks while sending says so through onClose or the deadline of this step.
      }
    },
    hear: (next) => {
      if (open) hearing = next;
    },
    close,
    letGo: () => {
      hearing = undefined;
      cancelTimer();
      if (open) cancelTimer = clock.after(letGoMs, close);
    },
  };
};
