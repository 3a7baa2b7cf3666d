import * as Y from "yjs";
import { toHex } from "../../shared/base/bytes.ts";
import type { PageId } from "../../shared/base/ids.ts";
import { hash } from "../../shared/crypto/hash.ts";
import type { Random } from "../../shared/base/random.ts";
import type { CarriedEnvelope } from "../../shared/envelope/envelope.ts";
import { openSharedShelf, type SharedShelf } from "../../shared/journal/sharedShelf.ts";
import type { CacheSection, LedgerStores } from "../../shared/ledger/stores.ts";
import type { Shelf } from "../../shared/page/shelf.ts";
import { makeCertificate } from "../../shared/people/certificate.ts";
import { makePersonKeys } from "../../shared/people/person.ts";
import { notebookSecret, spaceIdOf, type Couple } from "../../shared/people/space.ts";
import { masterKey } from "../../shared/vault/masterKey.ts";
import { createManualClock } from "../support/manualClock.ts";
import type { MemoryDisk } from "../support/memoryStores.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { must } from "../support/twoPartners.ts";
import { entryDoc } from "./guardPages.ts";

/** Two shared shelves without anything that carries between them: a test hands the envelopes over. */
export type Pair = {
  readonly open: (
    who: "anna" | "sam",
    stores: LedgerStores,
    troubles?: string[],
  ) => Promise<SharedShelf>;
  readonly random: Random;
};

export const createPair = (seed: number): Pair => {
  const random = seededRandom(seed);
  const keys = { anna: makePersonKeys(random), sam: makePersonKeys(random) };
  const certificates = { anna: makeCertificate(keys.anna), sam: makeCertificate(keys.sam) };
  const crk = random(32);
  const [annas, sams, ours] = [
    notebookSecret(random(48)),
    notebookSecret(random(48)),
    notebookSecret(random(48)),
  ];
  const clock = createManualClock(1_790_000_000_000);
  const coupleOf = (who: "anna" | "sam"): Couple => ({
    space: spaceIdOf(crk),
    crk,
    epoch: 1,
    partner: { name: who, certificate: certificates[who === "anna" ? "sam" : "anna"] },
    notebooks:
      who === "anna" ? { mine: annas, theirs: sams, ours } : { mine: sams, theirs: annas, ours },
  });
  return {
    random,
    open: async (who, stores, troubles = []) =>
      must(
        await openSharedShelf({
          couple: coupleOf(who),
          keys: keys[who],
          me: certificates[who].device,
          masterKey: masterKey(new Uint8Array(32).fill(who === "anna" ? 1 : 2)),
          stores,
          clock,
          random,
          onTrouble: (code) => troubles.push(code),
          onAdmitted: () => {},
          onWritten: () => clock.advance(1_000),
        }),
      ),
  };
};

/** Everything that this shelf has written, oldest first. */
export const envelopesOf = async (shelf: SharedShelf): Promise<readonly CarriedEnvelope[]> => {
  const envelopes: CarriedEnvelope[] = [];
  for (const notebook of [shelf.chains.mine, shelf.chains.ours]) {
    for (const line of shelf.ledger.ownAfter(notebook, 0))
      envelopes.push(must(await shelf.ledger.envelopeOf(line)));
  }
  return envelopes;
};

/** What a reader sees, and what the partner is told: equal where nothing is lost. */
export const factsOf = async (shelf: SharedShelf): Promise<unknown> => {
  const pages: unknown[] = [];
  for (const [page, facts] of [...shelf.pages.facts.read()].toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  )) {
    const record = must(await shelf.pages.read(page));
    pages.push([facts, { ...record, state: toHex(hash("test", record.state)) }]);
  }
  const heads = shelf.ledger
    .heads()
    .toSorted((one, other) => (one.notebook + one.device < other.notebook + other.device ? -1 : 1));
  return { pages, heads };
};

/** An entry that is begun and then changed so many times, as its writer would. */
export const writeEntry = async (
  shelf: Shelf,
  page: PageId,
  words: string,
  changes: number,
): Promise<void> => {
  const doc = entryDoc(words, 1 + (words.length % 50));
  must(await shelf.write(page, "begin", Y.encodeStateAsUpdate(doc)));
  for (let change = 0; change < changes; change++) {
    const before = Y.encodeStateVector(doc);
    const paragraph = new Y.XmlElement("paragraph");
    paragraph.insert(0, [new Y.XmlText(`${words} ${change}`)]);
    doc.getXmlFragment("body").push([paragraph]);
    must(await shelf.write(page, "change", Y.encodeStateAsUpdate(doc, before)));
  }
};

/** A page of about so many bytes. */
export const bulkyPage = (bytes: number, seed: number): Uint8Array => {
  const doc = entryDoc(`bulk ${seed}`, seed + 1);
  doc.getMap("meta").set("bulk", new Uint8Array(bytes).fill(seed % 256));
  return Y.encodeStateAsUpdate(doc);
};

/** The raw cache of one ledger on this disk, to be damaged. */
export const damageCache = async (
  stores: LedgerStores,
  section: CacheSection,
  damage: (
    entries: (readonly [string, Uint8Array])[],
  ) => readonly (readonly [string, Uint8Array | undefined])[],
): Promise<void> => {
  const all = must(await stores.cache.readAll(section));
  const changed = damage([...all].map(([key, value]) => [key, value.slice()] as const));
  must(await stores.cache.write(changed.map(([key, value]) => ({ section, key, value }))));
};

/** The process dies at the n-th write to the disk: just before it, or just after it reached the disk. */
export const dyingStores = (
  disk: MemoryDisk,
  at: number,
  when: "before" | "after",
): LedgerStores & { readonly dead: () => boolean } => {
  const stores = disk.start().carried;
  let count = 0;
  let died = false;
  const through = async <Value>(write: () => Promise<Value>): Promise<Value> => {
    count += 1;
    if (count === at && when === "before") disk.kill();
    const done = await write();
    if (count === at && when === "after") disk.kill();
    died ||= count >= at;
    return done;
  };
  return {
    dead: () => died,
    cache: {
      ...stores.cache,
      write: (changes) => through(() => stores.cache.write(changes)),
      clear: () => through(stores.cache.clear),
    },
    chunks: stores.chunks,
    volumes: {
      ...stores.volumes,
      open: async (number) => {
        const opened = await stores.volumes.open(number);
        if (!opened.ok) return opened;
        return {
          ...opened,
          value: {
            ...opened.value,
            put: (entries) => through(() => opened.value.put(entries)),
            remove: (keys) => through(() => opened.value.remove(keys)),
          },
        };
      },
    },
  };
};
