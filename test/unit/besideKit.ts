import * as Y from "yjs";
import { noPage, type DeviceId, type MessageId, type PageId } from "../../shared/base/ids.ts";
import type { Random } from "../../shared/base/random.ts";
import type { X25519Secret } from "../../shared/crypto/keys.ts";
import { encodeAck } from "../../shared/envelope/ack.ts";
import type { ChainHead } from "../../shared/envelope/chain.ts";
import type { CarriedEnvelope } from "../../shared/envelope/envelope.ts";
import { genesisId, type MessageKind } from "../../shared/envelope/message.ts";
import { composeMessage, sealMessage } from "../../shared/envelope/seal.ts";
import { authKey } from "../../shared/envelope/tags.ts";
import { openSharedShelf, type SharedShelf } from "../../shared/journal/sharedShelf.ts";
import { offeredChains } from "../../shared/journal/sharedChains.ts";
import type { ShelvedCouple } from "../../shared/journal/shelfHand.ts";
import { createAdmit, type Admit } from "../../shared/journal/travel/admitArrived.ts";
import type { LedgerStores } from "../../shared/ledger/stores.ts";
import { newPageDoc } from "../../shared/page/pageDoc.ts";
import { traceOf } from "../../shared/page/trace.ts";
import { makeCertificate, type Certificate } from "../../shared/people/certificate.ts";
import { makePersonKeys, type PersonKeys } from "../../shared/people/person.ts";
import {
  notebookSecret,
  spaceIdOf,
  type Before,
  type Couple,
  type GoneDevice,
  type NotebookSecret,
  type VouchedUpTo,
} from "../../shared/people/space.ts";
import { masterKey } from "../../shared/vault/masterKey.ts";
import { createManualClock, type ManualClock } from "../support/manualClock.ts";
import { createMemoryDisk, type MemoryDisk } from "../support/memoryStores.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { must } from "../support/twoPartners.ts";

/** One computer of Anna's or Sam's, and what lies on it. */
export type Machine = {
  readonly owner: "anna" | "sam";
  readonly keys: PersonKeys;
  readonly certificate: Certificate;
  readonly device: DeviceId;
  readonly disk: MemoryDisk;
  /** Of the disk: the same where another device takes it over. */
  readonly seal: number;
};

/** Whom a computer knows of: who is in use, the oldest first, and what was before. */
export type Known = {
  readonly annas: readonly Machine[];
  readonly sams: readonly Machine[];
  /** `cuts`: by whose heads they go. */
  readonly gone?: readonly { readonly machine: Machine; readonly by: readonly ChainHead[] }[];
  readonly vouched?: readonly ChainHead[];
};

export type Opened = {
  readonly shelf: SharedShelf;
  readonly admit: Admit;
  readonly troubles: string[];
};

export type Beside = {
  readonly random: Random;
  readonly clock: ManualClock;
  /** Anna's first two, and Sam's. */
  readonly a1: Machine;
  readonly a2: Machine;
  readonly sam: Machine;
  /** Another of either; on the disk of `on`, where that one goes on as a new device. */
  readonly another: (owner: Machine["owner"], on?: Machine) => Machine;
  readonly coupleAt: (machine: Machine, known: Known) => Couple;
  readonly open: (machine: Machine, known: Known, stores?: LedgerStores) => Promise<Opened>;
  /** When the journal has ended: `vouched` of the partner's words count. */
  readonly openPast: (
    machine: Machine,
    known: Known,
    vouched: ReadonlySet<MessageId>,
    stores: LedgerStores,
  ) => Promise<Opened>;
  /** As a changed app writes: in anybody's name, with whatever it has to tag with. */
  readonly forge: (forged: Forged) => CarriedEnvelope;
  readonly notebooks: Readonly<Record<"annas" | "sams" | "ours", NotebookSecret>>;
};

export type Forged = {
  readonly author: DeviceId;
  readonly notebook: NotebookSecret;
  readonly after?: Pick<ChainHead, "seq" | "id"> | undefined;
  readonly kind?: MessageKind;
  readonly page?: PageId;
  readonly body: Uint8Array;
  readonly readers: readonly Machine[];
  /** Whose secret makes the tags. */
  readonly secret: X25519Secret;
};

export const createBeside = (seed: number): Beside => {
  const random = seededRandom(seed);
  const clock = createManualClock(1_790_000_000_000);
  const identities = { anna: makePersonKeys(random), sam: makePersonKeys(random) };
  const crk = random(32);
  const space = spaceIdOf(crk);
  const [annas, sams, ours] = [random(48), random(48), random(48)].map(notebookSecret);
  if (annas === undefined || sams === undefined || ours === undefined) throw new Error("no keys");
  let seals = 0;
  const another: Beside["another"] = (owner, on) => {
    const keys = { ...makePersonKeys(random), identity: identities[owner].identity };
    const certificate = makeCertificate(keys);
    const { disk, seal } = on ?? { disk: createMemoryDisk(), seal: (seals += 1) };
    return { owner, keys, certificate, device: certificate.device, disk, seal };
  };

  const coupleAt: Beside["coupleAt"] = (reader, known) => {
    const { owner, device } = reader;
    const [mine, theirs] = owner === "anna" ? [known.annas, known.sams] : [known.sams, known.annas];
    const [partner, ...others] = theirs;
    if (partner === undefined) throw new Error("nobody to share with");
    const at = mine.findIndex((one) => one.device === device);
    const beside = [
      ...mine.flatMap(({ certificate }, index) =>
        index === at ? [] : [{ owner: "me" as const, certificate, older: index < at }],
      ),
      ...others.map(({ certificate }) => ({
        owner: "partner" as const,
        certificate,
        older: false,
      })),
    ];
    const devices = (known.gone ?? []).map(({ machine, by }) => goneAs(machine, by, reader));
    const vouched: readonly VouchedUpTo[] = (known.vouched ?? []).filter(
      (head) => head.device !== device,
    );
    const before: Before | undefined =
      devices.length + vouched.length === 0
        ? undefined
        : { keys: [], devices, vouched, unmet: false };
    return {
      ...{ space, crk, epoch: 1, before, beside },
      partner: { name: partner.owner, certificate: partner.certificate },
      notebooks:
        owner === "anna"
          ? { mine: annas, theirs: sams, ours }
          : { mine: sams, theirs: annas, ours },
    };
  };

  const openShelf = async (
    machine: Machine,
    couple: ShelvedCouple,
    stores: LedgerStores,
  ): Promise<Opened> => {
    const troubles: string[] = [];
    const onTrouble = (code: string): void => void troubles.push(code);
    const shelf = must(
      await openSharedShelf({
        couple,
        keys: machine.keys,
        me: machine.device,
        masterKey: masterKey(new Uint8Array(32).fill(machine.seal)),
        ...{ stores, clock, random, onTrouble },
        onAdmitted: () => {},
        onWritten: () => clock.advance(60_000),
      }),
    );
    return { shelf, troubles, admit: createAdmit({ ledger: () => shelf.ledger, onTrouble }) };
  };

  return {
    ...{ random, clock, another, coupleAt },
    ...{ a1: another("anna"), a2: another("anna"), sam: another("sam") },
    notebooks: { annas, sams, ours },
    open: (machine, known, stores = machine.disk.start().carried) =>
      openShelf(machine, coupleAt(machine, known), stores),
    openPast: (machine, known, vouched, stores) => {
      const { notebooks, partner, beside, before } = coupleAt(machine, known);
      const theirs = (beside ?? []).filter(({ owner }) => owner === "partner");
      const devices = [...theirs.map(({ certificate }) => certificate), partner.certificate].map(
        ({ device }) => device,
      );
      return openShelf(
        machine,
        { ...{ space, notebooks, beside, before }, past: { devices, vouched } },
        stores,
      );
    },
    forge: ({ author, notebook, after, kind, page, body, readers, secret }) => {
      const message = must(
        composeMessage({
          header: {
            kind: kind ?? "update",
            ...{ space, notebook: notebook.id, device: author, time: clock.now() },
            seq: (after?.seq ?? 0) + 1,
            prev: after?.id ?? genesisId(space, notebook.id, author),
          },
          payload: { seen: [], page: page ?? noPage, body },
          salt: random(32),
          recipients: readers.map(({ device, certificate }) => ({
            device,
            key: must(authKey({ author, recipient: device }, secret, certificate.x25519)),
          })),
        }),
      );
      return sealMessage(message, notebook.key, random(24));
    },
  };
};

const goneAs = (
  { owner, device, certificate, keys, disk }: Machine,
  by: readonly ChainHead[],
  reader: Machine,
): GoneDevice => ({
  ...{ owner: owner === reader.owner ? "me" : "partner", device, x25519: certificate.x25519 },
  secret: disk === reader.disk ? keys.x25519 : undefined,
  cuts: new Map(
    by.filter((head) => head.device === device).map(({ notebook, seq }) => [notebook, seq]),
  ),
});

/** All that one computer has for another, in the order in which it is offered. */
export const given = async (
  { shelf: { ledger, chains } }: Opened,
  to: Pick<Machine, "device">,
): Promise<readonly CarriedEnvelope[]> => {
  const envelopes: CarriedEnvelope[] = [];
  for (const { notebook, device, upTo } of offeredChains(chains, to.device))
    for (const line of ledger.linesOf(notebook, device).slice(0, upTo))
      if (!line.redacted) envelopes.push(must(await ledger.envelopeOf(line)));
  return envelopes;
};

/** What an ack says: everything that is here. */
export const sayHeads = async ({ shelf: { ledger, chains } }: Opened): Promise<void> => {
  const body = encodeAck(ledger.heads());
  must(await ledger.write({ notebook: chains.ours, kind: "ack", page: noPage, body }));
};

/** Begins a page, or goes on in it as it stands on this computer. */
export const writeLine = async (
  { shelf }: Pick<Opened, "shelf">,
  page: PageId,
  words: string,
  client: number,
): Promise<void> => {
  const doc = new Y.Doc();
  doc.clientID = client;
  const known = await shelf.pages.read(page);
  if (known.ok) Y.applyUpdate(doc, known.value.state);
  const before = Y.encodeStateVector(doc);
  if (!known.ok) doc.getMap("meta").set("v", 1);
  if (!known.ok) doc.getMap("meta").set("kind", "entry");
  if (!known.ok) doc.getMap("meta").set("whole", true);
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.insert(0, [new Y.XmlText(words)]);
  doc.getXmlFragment("body").push([paragraph]);
  const update = Y.encodeStateAsUpdate(doc, before);
  must(await shelf.write(page, known.ok ? "change" : "begin", update));
};

/** First what says that it was withdrawn, then the words go: of whichever computer of the same person. */
export const withdraw = async ({ shelf }: Opened, page: PageId, random: Random): Promise<void> => {
  const { ledger, chains, pages } = shelf;
  const record = await pages.read(page);
  if (!record.ok || record.value.withdrawnAt !== undefined) return;
  const doc = newPageDoc(random);
  Y.applyUpdate(doc, record.value.state);
  const lines = chains.devices.mine.flatMap((device) => ledger.linesOf(chains.mine, device));
  must(await shelf.write(page, "begin", traceOf(doc, random)));
  must(await ledger.redact(lines.filter((line) => line.page === page)));
};

/** The lines of a page as they stand here; none where it was withdrawn, or is not here. */
export const linesOn = async (
  { shelf }: Pick<Opened, "shelf">,
  page: PageId,
): Promise<readonly string[]> => {
  const record = await shelf.pages.read(page);
  if (!record.ok) return [];
  const doc = new Y.Doc();
  Y.applyUpdate(doc, record.value.state);
  return doc
    .getXmlFragment("body")
    .toArray()
    .map((paragraph) => (paragraph instanceof Y.XmlElement ? paragraph.get(0).toString() : ""));
};

/** The page cache is lost, and made anew from the volumes. */
export const loseCache = async ({ disk }: Machine): Promise<LedgerStores> => {
  must(await disk.start().carried.cache.clear());
  return disk.start().carried;
};
