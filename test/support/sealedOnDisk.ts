import { Buffer } from "node:buffer";
import * as Y from "yjs";
import type { Stored } from "./canaryStorage.ts";

/** The sealed words that lie in these places, of the ledger that stays here; each in base64. */
export const sealedIn = (places: readonly Stored[]): ReadonlySet<string> => {
  const volumes = new Map<string, Y.Doc>();
  for (const { where, bytes } of places) {
    const volume = /^IndexedDB (\S+\.kept\.\d+) \/ updates$/.exec(where)?.[1];
    if (volume === undefined) continue;
    const doc = volumes.get(volume) ?? new Y.Doc();
    volumes.set(volume, doc);
    Y.applyUpdate(doc, new Uint8Array(bytes));
  }
  const sealed = [...volumes.values()].flatMap((doc) => [...doc.getMap("envelopes").values()]);
  return new Set(
    sealed
      .filter((envelope) => envelope instanceof Uint8Array)
      .map((envelope) => Buffer.from(envelope).toString("base64")),
  );
};

/** Where any of these still lies, whatever holds it; so many bytes in a row are the same nowhere by chance. */
export const whereSealed = (
  sealed: Iterable<string>,
  places: readonly Stored[],
): readonly string[] =>
  [...sealed].flatMap((text) => {
    const envelope = Buffer.from(text, "base64");
    const needle = envelope.subarray(-64);
    return places.filter(({ bytes }) => bytes.includes(needle)).map(({ where }) => where);
  });
