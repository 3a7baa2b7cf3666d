import * as Y from "yjs";
import {
  idFrom,
  newId,
  type DeviceId,
  type MessageId,
  type NotebookId,
  type PageId,
} from "../../shared/base/ids.ts";
import { accept, refuse } from "../../shared/base/result.ts";
import { airlockMap, type Carrier, type CarrierEvent } from "../../shared/carry/carrier.ts";
import {
  envelopeKey,
  type CarriedEnvelope,
  type CarriedNotebookKey,
  type EnvelopeKey,
} from "../../shared/envelope/envelope.ts";
import { genesisId, type Message, type MessageKind } from "../../shared/envelope/message.ts";
import { openEnvelope } from "../../shared/envelope/open.ts";
import type { SeenHead } from "../../shared/envelope/payload.ts";
import { composeMessage, sealMessage } from "../../shared/envelope/seal.ts";
import { authKey } from "../../shared/envelope/tags.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { createLifeboat } from "../../shared/journal/lifeboat.ts";
import { indexHere } from "../../shared/journal/find/entryIndex.ts";
import { openJournal } from "../../shared/journal/openJournal.ts";
import { makeCertificate } from "../../shared/people/certificate.ts";
import {
  parseKeyringContent,
  writeKeyringContent,
  type KeyringContent,
} from "../../shared/people/keyringContent.ts";
import { makePersonKeys } from "../../shared/people/person.ts";
import {
  notebookSecret,
  spaceIdOf,
  type Couple,
  type NotebookSecret,
} from "../../shared/people/space.ts";
import { masterKey } from "../../shared/vault/masterKey.ts";
import { createManualClock, type ManualClock } from "./manualClock.ts";
import { createMemoryDisk, type MemoryDisk } from "./memoryStores.ts";
import { noBackupVault, noComputerKey, noRecoveryVault, noRoomChanges } from "./noBackupVault.ts";
import { seededRandom } from "./seededRandom.ts";

/** Anna's real journal, and beside it not Sam's app but whatever a test makes of Sam's keys. */
export type Victim = {
  readonly disk: MemoryDisk;
  readonly clock: ManualClock;
  readonly journal: () => Journal;
  readonly open: () => Promise<void>;
  readonly lock: () => Promise<void>;
  /** Lets everything that is under way happen, including what waits for `seconds` of clock. */
  readonly settle: (seconds?: number) => Promise<void>;
  /** The other end of Anna's carrier: what is done to it reaches her airlock, and hers reaches it. */
  readonly wire: HostileWire;
};

export type HostileWire = {
  /** Entries that have ever stood in Anna's airlock, by key. */
  readonly offered: ReadonlyMap<string, Uint8Array>;
  /** What stands in it now. */
  readonly now: () => ReadonlyMap<string, unknown>;
  readonly put: (envelopes: readonly Uint8Array[]) => void;
  /** Anything at all, on a document that is in step with Anna's. */
  readonly meddle: (change: (doc: Y.Doc) => void) => void;
  /** Raw bytes as a Yjs update. */
  readonly send: (update: Uint8Array) => void;
  /** How many airlocks Anna has begun. */
  readonly begun: () => number;
};

export type VictimParts = {
  readonly keyring: KeyringContent;
  readonly partner: DeviceId;
  readonly seed: number;
};

export const createVictim = async ({ keyring, partner, seed }: VictimParts): Promise<Victim> => {
  const disk = createMemoryDisk();
  const lifeboat = createLifeboat();
  const clock = createManualClock(1_790_000_000_000);
  const random = seededRandom(seed);
  const { carrier, wire } = createHostileCarrier(partner);
  let stored = writeKeyringContent(keyring);
  let journal: Journal | undefined;
  const victim: Victim = {
    disk,
    clock,
    wire,
    journal: () => {
      if (journal === undefined) throw new Error("locked");
      return journal;
    },
    open: async () => {
      const content = parseKeyringContent(stored);
      if (!content.ok) throw new Error(content.code);
      const opened = await openJournal({
        masterKey: masterKey(new Uint8Array(32).fill(1 + (seed % 250))),
        keyring: content.value,
        saveKeyring: async (next) => {
          stored = writeKeyringContent(next);
          return accept(undefined);
        },
        openIndex: indexHere,
        openStores: () => disk.start(),
        lifeboat,
        roomVault: {
          make: async () => refuse("DISK_FAILED"),
          open: async () => refuse("DISK_FAILED"),
          openPortable: async () => refuse("DISK_FAILED"),
          keep: async () => refuse("DISK_FAILED"),
          ...noRoomChanges,
          backup: noBackupVault,
        },
        recoveryVault: noRecoveryVault,
        backupVault: noBackupVault,
        computerKey: noComputerKey,
        network: {
          carriers: async () => [carrier],
          meet: () => () => ({ close: () => {} }),
          addresses: async () => [],
          publicAddresses: async () => [],
          tryServer: async () => "silent",
          onReturn: () => () => {},
        },
        clock,
        random,
      });
      if (!opened.ok) throw new Error(opened.code);
      journal = opened.value;
    },
    lock: async () => {
      await journal?.lock();
      journal = undefined;
    },
    settle: async (seconds = 4) => {
      for (let step = 0; step < seconds * 5; step++) {
        await macrotask();
        await macrotask();
        clock.advance(200);
      }
      await macrotask();
    },
  };
  await victim.open();
  await victim.settle(1);
  return victim;
};

const macrotask = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const createHostileCarrier = (
  partner: DeviceId,
): { readonly carrier: Carrier; readonly wire: HostileWire } => {
  const offered = new Map<string, Uint8Array>();
  let annas: Y.Doc | undefined;
  let sams = new Y.Doc();
  let begun = 0;

  const note = (doc: Y.Doc): void => {
    for (const [key, value] of doc.getMap<unknown>(airlockMap)) {
      if (value instanceof Uint8Array) offered.set(key, value);
    }
  };
  /** As every carrier does it: bytes that Yjs cannot read are dropped. */
  const send = (update: Uint8Array): void => {
    if (annas === undefined) return;
    try {
      Y.applyUpdate(annas, update, "carrier");
    } catch {
      // The carriers drop what Yjs refuses.
    }
  };

  return {
    carrier: {
      name: "memory",
      carry: (doc, tell: (event: CarrierEvent) => void) => {
        begun += 1;
        annas = doc;
        sams = new Y.Doc();
        const own = sams;
        const listen = (update: Uint8Array, origin: unknown): void => {
          if (origin === "carrier") return;
          Y.applyUpdate(own, update);
          note(own);
        };
        Y.applyUpdate(own, Y.encodeStateAsUpdate(doc));
        note(own);
        doc.on("update", listen);
        queueMicrotask(() => annas === doc && tell({ type: "met", device: partner }));
        return {
          stop: async () => {
            doc.off("update", listen);
            if (annas === doc) annas = undefined;
          },
        };
      },
    },
    wire: {
      offered,
      now: () => new Map(sams.getMap<unknown>(airlockMap)),
      begun: () => begun,
      send,
      meddle: (change) => {
        const before = Y.encodeStateVector(sams);
        change(sams);
        send(Y.encodeStateAsUpdate(sams, before));
      },
      put: (envelopes) => {
        const before = Y.encodeStateVector(sams);
        sams.transact(() => {
          for (const envelope of envelopes)
            sams.getMap(airlockMap).set(envelopeKey(envelope), envelope);
        });
        send(Y.encodeStateAsUpdate(sams, before));
      },
    },
  };
};

export type Written = {
  readonly message: Message;
  readonly envelope: CarriedEnvelope;
  readonly key: EnvelopeKey;
};

export type Note = {
  readonly body?: Uint8Array;
  readonly page?: PageId;
  readonly kind?: MessageKind;
  /** Seen from Anna: `theirs` is the notebook that Sam writes. */
  readonly notebook?: "mine" | "theirs" | "ours";
  readonly device?: DeviceId;
  readonly seq?: number;
  readonly prev?: MessageId;
  readonly time?: number;
  readonly seen?: readonly SeenHead[];
};

/** A partner who holds every shared key and writes what they like. */
export type HostilePartner = Victim & {
  readonly anna: DeviceId;
  readonly sam: DeviceId;
  readonly notebooks: Couple["notebooks"];
  readonly newPage: () => PageId;
  /** Next in its chain unless `seq` and `prev` say otherwise, and then the chain does not move. */
  readonly write: (note?: Note) => Written;
  readonly send: (...notes: readonly Note[]) => void;
  /** What Anna has written and ever offered, opened with the shared keys. */
  readonly heard: () => readonly Message[];
};

export const createHostilePartner = async ({
  seed,
}: {
  readonly seed: number;
}): Promise<HostilePartner> => {
  const random = seededRandom(seed);
  const annaKeys = makePersonKeys(random);
  const samKeys = makePersonKeys(random);
  const annaCertificate = makeCertificate(annaKeys);
  const samCertificate = makeCertificate(samKeys);
  const anna = annaCertificate.device;
  const sam = samCertificate.device;
  const crk = random(32);
  const space = spaceIdOf(crk);
  const notebooks = {
    mine: notebookSecret(random(48)),
    theirs: notebookSecret(random(48)),
    ours: notebookSecret(random(48)),
  };
  const victim = await createVictim({
    keyring: {
      name: "Anna",
      role: "hurt",
      keys: annaKeys,
      settings: { sendsAtOnce: true },
      couple: {
        space,
        crk,
        epoch: 1,
        partner: { name: "Sam", certificate: samCertificate },
        notebooks: copyOf(notebooks),
      },
    },
    partner: sam,
    seed,
  });
  const tagKey = authKey({ author: sam, recipient: anna }, samKeys.x25519, annaCertificate.x25519);
  if (!tagKey.ok) throw new Error(tagKey.code);
  const heads = new Map<NotebookId, { readonly seq: number; readonly id: MessageId }>();

  const write = (note: Note = {}): Written => {
    const notebook = notebooks[note.notebook ?? "theirs"];
    const device = note.device ?? sam;
    const head = heads.get(notebook.id) ?? { seq: 0, id: genesisId(space, notebook.id, device) };
    const message = composeMessage({
      header: {
        kind: note.kind ?? "update",
        space,
        notebook: notebook.id,
        device,
        seq: note.seq ?? head.seq + 1,
        time: note.time ?? victim.clock.now(),
        prev: note.prev ?? head.id,
      },
      payload: {
        seen: note.seen ?? [],
        page: note.page ?? newId<PageId>(random),
        body: note.body ?? new Uint8Array(),
      },
      salt: random(32),
      recipients: [{ device: anna, key: tagKey.value }],
    });
    if (!message.ok) throw new Error(message.code);
    const { id, header } = message.value;
    if (note.seq === undefined && note.prev === undefined)
      heads.set(notebook.id, { seq: header.seq, id });
    const envelope = sealMessage(message.value, notebook.key, random(24));
    return { message: message.value, envelope, key: envelopeKey(envelope) };
  };

  const keys: readonly { readonly notebook: NotebookId; readonly key: CarriedNotebookKey }[] =
    Object.values(notebooks).map(({ id, key }: NotebookSecret) => ({ notebook: id, key }));
  return {
    ...victim,
    anna,
    sam,
    notebooks,
    newPage: () => idFrom<PageId>(random(16)),
    write,
    send: (...notes) => victim.wire.put(notes.map((note) => write(note).envelope)),
    heard: () =>
      [...victim.wire.offered.values()].flatMap((envelope) => {
        const opened = openEnvelope(envelope, keys);
        return opened.ok && opened.value.message.header.device === anna
          ? [opened.value.message]
          : [];
      }),
  };
};

/** Anna's own keys are wiped when she locks. */
const copyOf = (notebooks: Couple["notebooks"]): Couple["notebooks"] => {
  const copy = ({ id, key }: NotebookSecret): NotebookSecret => ({
    id,
    key: key.slice() as CarriedNotebookKey,
  });
  return { mine: copy(notebooks.mine), theirs: copy(notebooks.theirs), ours: copy(notebooks.ours) };
};
