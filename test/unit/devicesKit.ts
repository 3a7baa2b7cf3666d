import * as Y from "yjs";
import { newId, type DeviceId, type NotebookId, type PageId } from "../../shared/base/ids.ts";
import { createQueue } from "../../shared/base/queue.ts";
import { carriedNotebookKey } from "../../shared/envelope/envelope.ts";
import type { ChainHead } from "../../shared/envelope/chain.ts";
import { copyCouple, copyPersonKeys } from "../../shared/journal/keys/copies.ts";
import { openBond, type Bond } from "../../shared/journal/travel/bond.ts";
import type { LedgerStores } from "../../shared/ledger/stores.ts";
import { makeCertificate, type Certificate } from "../../shared/people/certificate.ts";
import { makePersonKeys, type PersonKeys } from "../../shared/people/person.ts";
import {
  notebookSecret,
  spaceIdOf,
  type Before,
  type Couple,
  type GoneDevice,
  type NotebookKeys,
} from "../../shared/people/space.ts";
import { masterKey } from "../../shared/vault/masterKey.ts";
import { createManualClock } from "../support/manualClock.ts";
import { createMemoryLink } from "../support/memoryCarrier.ts";
import { createMemoryDisk, type MemoryDisk } from "../support/memoryStores.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { must } from "../support/twoPartners.ts";
import { entryDoc } from "./guardPages.ts";
import { photoElement, picture } from "./photoKit.ts";

/** One computer of one of the two: what lies on it, and what it holds of the couple. */
export type Computer = {
  readonly keys: PersonKeys;
  readonly certificate: Certificate;
  readonly disk: MemoryDisk;
  readonly couple: Couple;
  readonly bond: () => Bond;
  readonly troubles: string[];
  /** How often it was told that the other has stored the newest meeting. */
  readonly met: () => number;
  readonly open: () => Promise<void>;
  readonly close: () => Promise<void>;
};

type House = {
  readonly first: () => Promise<{ readonly anna: Computer; readonly sam: Computer }>;
  /** They carry to each other for so long; the computers stay open, and cut off from each other. */
  readonly together: (one: Computer, other: Computer, seconds?: number) => Promise<void>;
  /** Of what lies on a disk now: another computer on which a backup of it came back. */
  readonly restored: (from: Computer) => Promise<Computer>;
  /** A computer with nothing on it, of somebody with another identity. */
  readonly empty: () => Fresh;
  /** The couple on both sides after the two have met again, as docs/protocol.md has it; both are open then. */
  readonly meetAgain: (
    holder: Computer,
    newcomer: Fresh | Computer,
  ) => Promise<{ readonly holder: Computer; readonly newcomer: Computer }>;
  readonly advance: (ms: number) => void;
};

type Fresh = Pick<Computer, "keys" | "certificate" | "disk">;

/** `samAhead`: by so much the clock of Sam's first computer is wrong, ms. */
export const createHouse = (seed: number, samAhead = 0): House => {
  const random = seededRandom(seed);
  const clock = createManualClock(1_790_000_000_000);
  const tick = (): Promise<void> => new Promise((done) => setImmediate(done));
  const inTurn = createQueue();

  const computer = (fresh: Fresh, couple: Couple, ahead = 0): Computer => {
    let bond: Bond | undefined;
    let met = 0;
    const troubles: string[] = [];
    return {
      ...fresh,
      couple,
      troubles,
      met: () => met,
      bond: () => {
        if (bond === undefined) throw new Error("closed");
        return bond;
      },
      open: async () => {
        bond = must(
          await openBond({
            couple: copyCouple(couple),
            keys: copyPersonKeys(fresh.keys),
            me: fresh.certificate.device,
            masterKey: masterKey(new Uint8Array(32).fill(7)),
            stores: fresh.disk.start().carried,
            clock: { ...clock, now: () => clock.now() + ahead },
            random,
            sendsAtOnce: () => true,
            onTrouble: (code) => troubles.push(code),
            onMet: () => {
              met += 1;
            },
          }),
        );
      },
      close: async () => {
        const closing = bond?.close();
        // A farewell waits for the clock.
        for (let step = 0; step < 20; step++) {
          await tick();
          clock.advance(100);
        }
        await closing;
        bond = undefined;
      },
    };
  };

  const empty = (): Fresh => {
    const keys = makePersonKeys(random);
    return { keys, certificate: makeCertificate(keys), disk: createMemoryDisk() };
  };

  return {
    empty,
    advance: clock.advance,
    first: async () => {
      const [annas, sams] = [empty(), empty()];
      const crk = random(32);
      const notebook = () => notebookSecret(random(48));
      const [mine, theirs, ours] = [notebook(), notebook(), notebook()];
      const couple = (partner: Certificate, notebooks: Couple["notebooks"]): Couple => ({
        ...{ space: spaceIdOf(crk), crk, epoch: 1, notebooks },
        partner: { name: "", certificate: partner },
      });
      const anna = computer(annas, couple(sams.certificate, { mine, theirs, ours }));
      const sam = computer(
        sams,
        couple(annas.certificate, { mine: theirs, theirs: mine, ours }),
        samAhead,
      );
      await anna.open();
      await sam.open();
      return { anna, sam };
    },
    together: (one, other, seconds = 8) =>
      inTurn(async () => {
        const link = createMemoryLink({
          devices: { left: one.certificate.device, right: other.certificate.device },
        });
        const [left, right] = [one.certificate.device, other.certificate.device];
        await one.bond().carryWith([{ peer: right, carrier: link.left }]);
        await other.bond().carryWith([{ peer: left, carrier: link.right }]);
        for (let step = 0; step < seconds * 5; step++) {
          await tick();
          await link.settle();
          await tick();
          clock.advance(200);
        }
        await Promise.all([one.bond().carryWith([]), other.bond().carryWith([])]);
      }),
    restored: async (from) => {
      const disk = createMemoryDisk();
      await copyStores(from.disk.start().carried, disk.start().carried);
      return computer({ keys: from.keys, certificate: from.certificate, disk }, from.couple);
    },
    meetAgain: async (holder, newcomer) => {
      const wasThere = "couple" in newcomer ? newcomer : undefined;
      const keys: PersonKeys =
        wasThere === undefined
          ? newcomer.keys
          : { ...makePersonKeys(random), identity: newcomer.keys.identity };
      const fresh: Fresh = { keys, certificate: makeCertificate(keys), disk: newcomer.disk };
      const claims = wasThere === undefined ? [] : await headsOf(wasThere);
      const couples = coupleAgain({ holder, newcomer: fresh, wasThere, claims, random });
      await holder.close();
      const next = {
        holder: computer(holder, couples.holder),
        newcomer: computer(fresh, couples.newcomer),
      };
      await next.holder.open();
      await next.newcomer.open();
      return next;
    },
  };
};

/** What it knows that its own device has written. */
const headsOf = async (one: Computer): Promise<readonly ChainHead[]> => {
  await one.open();
  const { ledger, chains } = one.bond().shelf;
  const heads = ledger.heads().filter(({ device }) => chains.devices.mine.includes(device));
  await one.close();
  return heads;
};

const coupleAgain = ({
  holder,
  newcomer,
  wasThere,
  claims,
  random,
}: {
  readonly holder: Computer;
  readonly newcomer: Fresh;
  readonly wasThere: Computer | undefined;
  readonly claims: readonly ChainHead[];
  readonly random: (length: number) => Uint8Array;
}): { readonly holder: Couple; readonly newcomer: Couple } => {
  const { couple } = holder;
  const { partner, notebooks } = couple;
  const crk = random(32);
  const heads = holder.bond().shelf.ledger.heads();
  const gone = partner.certificate.device;
  const cuts = new Map<NotebookId, number>();
  for (const { device, notebook, seq } of [...heads, ...claims])
    if (device === gone) cuts.set(notebook, Math.max(seq, cuts.get(notebook) ?? 0));
  const key = () => carriedNotebookKey(random(32));
  const epoch: NotebookKeys = { mine: key(), theirs: key(), ours: key() };
  const keysNow: NotebookKeys = {
    mine: notebooks.mine.key,
    theirs: notebooks.theirs.key,
    ours: notebooks.ours.key,
  };
  const device: GoneDevice = {
    ...{ owner: "partner", device: gone, cuts },
    x25519: partner.certificate.x25519,
  };
  const before: Before = {
    keys: [...(couple.before?.keys ?? []), keysNow],
    devices: [...(couple.before?.devices ?? []), device],
    vouched: couple.before?.vouched ?? [],
    unmet: false,
  };
  const swap = ({ mine, theirs, ours }: NotebookKeys): NotebookKeys => ({
    ...{ mine: theirs, theirs: mine, ours },
  });
  const secretOf = (of: DeviceId) =>
    wasThere?.certificate.device === of
      ? wasThere.keys.x25519
      : wasThere?.couple.before?.devices.find((one) => one.device === of)?.secret;
  const secrets = (of: keyof NotebookKeys) => ({ id: notebooks[of].id, key: epoch[of] });
  const shared = { space: couple.space, crk, epoch: couple.epoch + 1 };
  return {
    holder: {
      ...shared,
      partner: { name: "", certificate: newcomer.certificate },
      notebooks: { mine: secrets("mine"), theirs: secrets("theirs"), ours: secrets("ours") },
      before,
    },
    newcomer: {
      ...shared,
      partner: { name: "", certificate: holder.certificate },
      notebooks: { mine: secrets("theirs"), theirs: secrets("mine"), ours: secrets("ours") },
      before: {
        keys: before.keys.map(swap),
        devices: before.devices.map((one): GoneDevice => {
          const owner = one.owner === "me" ? "partner" : "me";
          return owner === "me"
            ? { ...one, owner, secret: secretOf(one.device) }
            : { ...one, owner, secret: undefined };
        }),
        vouched: heads.map((head) => ({
          ...{ device: head.device, notebook: head.notebook, seq: head.seq },
        })),
        unmet: true,
      },
    },
  };
};

const copyStores = async (from: LedgerStores, to: LedgerStores): Promise<void> => {
  for (const number of must(await from.volumes.list())) {
    const there = must(await from.volumes.open(number));
    const here = must(await to.volumes.open(number));
    const entries = [...there.keys()].flatMap((key) => {
      const envelope = there.get(key);
      return envelope === undefined ? [] : [{ key, envelope, own: there.ownMark(key) }];
    });
    must(await here.put(entries));
    await here.close();
  }
  for (const name of must(await from.chunks.names())) {
    const bytes = must(await from.chunks.get(name));
    if (bytes !== undefined) must(await to.chunks.put([{ name, bytes }]));
  }
};

/** Hands over at once what the other does not hold, as a connection would in its time. */
export const handOver = async (from: Computer, to: Computer): Promise<void> => {
  const { ledger, chains } = from.bond().shelf;
  const there = to.bond().shelf.ledger;
  for (const notebook of [chains.mine, chains.ours]) {
    const known = there.linesOf(notebook, chains.me).length;
    const envelopes: Uint8Array[] = [];
    for (const line of ledger.ownAfter(notebook, known))
      envelopes.push(must(await ledger.envelopeOf(line)));
    must(await there.receive(envelopes));
  }
};

/** A cache that is made anew from the volumes, at the next opening. */
export const clearCache = async ({ disk }: Computer): Promise<void> => {
  must(await disk.start().carried.cache.clear());
};

/** Shares an entry, with a photo where it has a size. */
export const shareWords = async (
  { bond }: Computer,
  words: string,
  seed: number,
  photoBytes = 0,
): Promise<PageId> => {
  const { shelf } = bond();
  const page = newId<PageId>(seededRandom(seed));
  const doc = entryDoc(words, seed + 1);
  if (photoBytes > 0) {
    const photo = must(await shelf.photos.add(picture(photoBytes, seed)));
    doc.getXmlFragment("body").push([photoElement(photo)]);
  }
  must(await shelf.write(page, "begin", Y.encodeStateAsUpdate(doc)));
  return page;
};

/** Writes on in a page of one's own, whichever computer it was begun on. */
export const addWords = async (
  { bond }: Computer,
  page: PageId,
  words: string,
  client: number,
): Promise<void> => {
  const { shelf } = bond();
  const record = must(await shelf.pages.read(page));
  const doc = new Y.Doc();
  Y.applyUpdate(doc, record.state);
  doc.clientID = client;
  const before = Y.encodeStateVector(doc);
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.insert(0, [new Y.XmlText(words)]);
  doc.getXmlFragment("body").push([paragraph]);
  must(await shelf.write(page, "change", Y.encodeStateAsUpdate(doc, before)));
};
