import type { Wire, WireListener } from "../../shared/base/wire.ts";

export type TestWire = Wire & {
  /** What this end sent, in order. */
  readonly sent: readonly Uint8Array[];
  readonly closed: () => boolean;
  /** Puts a message before this end as if it had come over the wire. */
  readonly receive: (message: Uint8Array) => void;
};

export type WirePair = {
  readonly offering: TestWire;
  readonly answering: TestWire;
  /** Delivers what is under way, and what that causes, until nothing is. */
  readonly settle: () => void;
};

/** Someone between the two: may change, drop (undefined) or keep what passes. */
export type Meddler = (
  message: Uint8Array,
  from: "offering" | "answering",
) => Uint8Array | undefined;

const fingerprints = { offering: "sha-256 AA:01", answering: "sha-256 BB:02" };

/** Two ends in memory. Nothing moves before `settle`, so that a test sees each step. */
export const createWirePair = (meddle: Meddler = (message) => message): WirePair => {
  const underWay: (() => void)[] = [];
  const listeners: Partial<Record<"offering" | "answering", WireListener>> = {};
  const shut = { offering: false, answering: false };

  const end = (mine: "offering" | "answering", other: "offering" | "answering"): TestWire => {
    const sent: Uint8Array[] = [];
    return {
      fingerprints: { local: fingerprints[mine], remote: fingerprints[other] },
      initiator: mine === "offering",
      sent,
      send: (message) => {
        sent.push(message.slice());
        if (shut[mine]) return;
        const passed = meddle(message.slice(), mine);
        if (passed !== undefined)
          underWay.push(() => !shut[other] && listeners[other]?.onMessage(passed));
      },
      listen: (listener) => {
        listeners[mine] = listener;
      },
      close: () => {
        if (shut[mine]) return;
        shut[mine] = true;
        underWay.push(() => {
          if (shut[other]) return;
          shut[other] = true;
          listeners[other]?.onClose();
        });
      },
      closed: () => shut[mine],
      receive: (message) => listeners[mine]?.onMessage(message),
    };
  };

  return {
    offering: end("offering", "answering"),
    answering: end("answering", "offering"),
    settle: () => {
      for (let step = underWay.shift(); step !== undefined; step = underWay.shift()) step();
    },
  };
};
