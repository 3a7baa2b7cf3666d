import { Doc } from "yjs";
import {
  airlockMap,
  type Carrier,
  type CarrierEvent,
  type Carrying,
} from "../../shared/carry/carrier.ts";
import type { CarrierDesk, Some, Summary } from "./carrier.suite.ts";

type Here<Method extends keyof CarrierDesk> = (
  ...given: Parameters<CarrierDesk[Method]>
) => Awaited<ReturnType<CarrierDesk[Method]>>;

type LocalDesk = {
  readonly [Method in Exclude<keyof CarrierDesk, "stop">]: Here<Method>;
} & {
  readonly stop: () => Promise<void>;
  readonly putText: (key: string, text: string) => void;
  readonly readText: (key: string) => string | undefined;
  /** As a changed app could: bytes that are no update, sent as one. */
  readonly sendJunk: () => void;
};

/** For a carrier that looks itself whether bytes and keys belong together; the desks of a pair share `known`. */
export type HashedKeys = {
  readonly keyOf: (bytes: Uint8Array) => string;
  readonly known: Map<string, string>;
};

/** The suite's desk over a carrier in this very process; in the browser tests this runs in the page. */
export const createCarrierDesk = (carrier: Carrier, hashed?: HashedKeys): LocalDesk => {
  const keyAt = (name: string) => hashed?.known.get(name) ?? name;
  let airlock = new Doc();
  let carrying: Carrying | undefined;
  let events: CarrierEvent[] = [];
  const envelopes = () => airlock.getMap<Uint8Array>(airlockMap);

  return {
    carry: () => {
      airlock = new Doc();
      events = [];
      carrying = carrier.carry(airlock, (event) => events.push(event));
    },
    stop: async () => {
      await carrying?.stop();
      carrying = undefined;
    },
    put: ({ name, count, bytes }: Some) =>
      airlock.transact(() => {
        for (let index = 0; index < count; index++) {
          const one = envelope(name, index, bytes);
          hashed?.known.set(`${name}-${index}`, hashed.keyOf(one));
          envelopes().set(keyAt(`${name}-${index}`), one);
        }
      }),
    putText: (key, text) => void envelopes().set(key, new TextEncoder().encode(text)),
    readText: (key) => {
      const bytes = envelopes().get(key);
      return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
    },
    sendJunk: () =>
      airlock.emit("update", [
        Uint8Array.of(255, 255, 255),
        "junk",
        airlock,
        airlock._transaction as never,
      ]),
    remove: (key) => envelopes().delete(keyAt(key)),
    overwrite: (key) => void envelopes().set(keyAt(key), Uint8Array.of(0)),
    summary: () => summarize(envelopes()),
    events: () => [...events],
  };
};

/** xorshift: different everywhere, so that a mixed-up byte shows. */
const envelope = (name: string, index: number, length: number): Uint8Array => {
  const bytes = new Uint8Array(length);
  let state = (hash32(new TextEncoder().encode(name), index + 1) | 1) >>> 0;
  for (let offset = 0; offset < length; offset++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[offset] = state;
  }
  return bytes;
};

const summarize = (map: {
  forEach: (run: (bytes: Uint8Array, key: string) => void) => void;
}): Summary => {
  let [count, bytes, digest] = [0, 0, 0];
  map.forEach((value, key) => {
    count += 1;
    bytes += value.length;
    digest = (digest + hash32(value, hash32(new TextEncoder().encode(key), 0))) >>> 0;
  });
  return { count, bytes, digest: digest.toString(16) };
};

/** FNV-1a: finds differences, nothing more. */
const hash32 = (bytes: Uint8Array, seed: number): number => {
  let value = 0x811c9dc5 ^ seed;
  for (const byte of bytes) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
};
