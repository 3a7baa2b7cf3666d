import { systemClock } from "../../shared/base/clock.ts";
import { systemRandom } from "../../shared/base/random.ts";
import type { Wire } from "../../shared/base/wire.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { meetAtRendezvous, type Meeting } from "../../renderer/carriers/pairingWire.ts";
import { tapWebRtc } from "./carrierTaps.ts";

/** What a test sees of a wire. */
export type SeenWire = {
  readonly local: string;
  readonly remote: string;
  readonly initiator: boolean;
  /** Lengths, and whether each was filled with its own number. */
  readonly heard: readonly { readonly length: number; readonly inOrder: boolean }[];
  readonly text: string;
  readonly closed: boolean;
};

type Kept = { readonly wire: Wire; readonly heard: Uint8Array[]; closed: boolean };

const taps = tapWebRtc();
const wires: Kept[] = [];
const troubles: string[] = [];
let meeting: { readonly close: () => void } | undefined;

const keep = (wire: Wire): void => {
  const kept: Kept = { wire, heard: [], closed: false };
  wires.push(kept);
  wire.listen({
    onMessage: (message) => kept.heard.push(message),
    onClose: () => (kept.closed = true),
  });
};

const page = {
  meet: async (
    role: Meeting["role"],
    key: number,
    addresses: readonly string[],
    iceServers: readonly RTCIceServer[] = [],
  ) => {
    await loadSodium();
    meeting = meetAtRendezvous({
      topic: "cm9vbS1mb3ItcGFpcmluZw",
      signalKey: new Uint8Array(32).fill(key),
      role,
      addresses,
      iceServers,
      clock: systemClock,
      random: systemRandom,
      onWire: keep,
      onTrouble: (code) => troubles.push(code),
    });
  },
  leave: () => meeting?.close(),
  /** `count` messages of `bytes` bytes, each filled with its number. */
  send: (which: number, count: number, bytes: number) => {
    for (let index = 0; index < count; index++)
      wires[which]?.wire.send(new Uint8Array(bytes).fill(index));
  },
  sendText: (which: number, text: string) =>
    wires[which]?.wire.send(new TextEncoder().encode(text)),
  hangUp: (which: number) => wires[which]?.wire.close(),
  wires: (): readonly SeenWire[] =>
    wires.map(({ wire, heard, closed }) => ({
      local: wire.fingerprints.local,
      remote: wire.fingerprints.remote,
      initiator: wire.initiator,
      heard: heard.map((bytes, index) => ({
        length: bytes.length,
        inOrder: bytes.every((byte) => byte === (index & 0xff)),
      })),
      text: heard.length === 0 ? "" : new TextDecoder().decode(heard.at(-1)).slice(0, 200),
      closed,
    })),
  troubles: () => troubles,
  taps: () => taps,
};
export type PairingPage = typeof page;

Object.assign(globalThis, { twofold: page });
