import { concatBytes, u32, utf8 } from "../../shared/base/bytes.ts";
import {
  newId,
  type DeviceId,
  type MessageId,
  type NotebookId,
  type PageId,
  type SpaceId,
} from "../../shared/base/ids.ts";
import type { Random } from "../../shared/base/random.ts";
import { hash } from "../../shared/crypto/hash.ts";
import { x25519PublicOf, x25519Secret, type X25519Secret } from "../../shared/crypto/keys.ts";
import {
  createAdmission,
  type Admission,
  type AdmissionParts,
} from "../../shared/envelope/admit.ts";
import { createChains, type Chains } from "../../shared/envelope/chain.ts";
import {
  carriedNotebookKey,
  type CarriedEnvelope,
  type CarriedNotebookKey,
} from "../../shared/envelope/envelope.ts";
import { genesisId, type Message, type MessageKind } from "../../shared/envelope/message.ts";
import type { Outcome } from "../../shared/envelope/outcome.ts";
import type { SeenHead } from "../../shared/envelope/payload.ts";
import { recipientsFor } from "../../shared/envelope/recipients.ts";
import { composeMessage, sealMessage } from "../../shared/envelope/seal.ts";
import type { RuledDevice } from "../../shared/envelope/verify.ts";

/** A couple for tests: Ada and Ben, one device each, three notebooks. The same bytes every time. */
export type Couple = {
  readonly random: Random;
  readonly space: SpaceId;
  readonly ada: Me;
  readonly ben: Me;
  readonly roster: readonly RuledDevice[];
  readonly adas: Notebook;
  readonly bens: Notebook;
  readonly ours: Notebook;
};

export type Me = { readonly device: DeviceId; readonly secret: X25519Secret };
export type Notebook = {
  readonly id: NotebookId;
  readonly keys: readonly CarriedNotebookKey[];
  readonly writers: "both" | readonly DeviceId[];
};

/** Written: what an author has made and nobody has read yet. */
export type Written = { readonly message: Message; readonly envelope: CarriedEnvelope };

export const seededRandom = (seed: string): Random => {
  let count = 0;
  return (length) => {
    const blocks: Uint8Array[] = [];
    for (let made = 0; made < length; made += 32)
      blocks.push(hash("test random", utf8(seed), u32(count++)));
    return concatBytes(...blocks).slice(0, length);
  };
};

/** Call it after `loadSodium()`. */
export const makeCouple = (seed = "couple"): Couple => {
  const random = seededRandom(seed);
  const ada: Me = { device: newId(random), secret: x25519Secret(random(32)) };
  const ben: Me = { device: newId(random), secret: x25519Secret(random(32)) };
  const notebook = (writers: Notebook["writers"]): Notebook => ({
    id: newId(random),
    keys: [carriedNotebookKey(random(32))],
    writers,
  });
  return {
    random,
    space: newId(random),
    ada,
    ben,
    roster: [ada, ben].map(rosterEntry),
    adas: notebook([ada.device]),
    bens: notebook([ben.device]),
    ours: notebook("both"),
  };
};

export const rosterEntry = ({ device, secret }: Me): RuledDevice => ({
  device,
  x25519: x25519PublicOf(secret),
});

export const admissionFor = (
  couple: Couple,
  me: Me,
  changes: Partial<AdmissionParts> = {},
): Admission & { readonly chains: Chains } => {
  const chains = changes.chains ?? createChains();
  const { space, roster, adas, bens, ours } = couple;
  const parts = { space, me, notebooks: [adas, bens, ours], roster, ...changes, chains };
  return { ...createAdmission(parts), chains };
};

export type WriteOptions = {
  readonly text?: string;
  readonly seq?: number;
  readonly prev?: MessageId;
  readonly time?: number;
  readonly kind?: MessageKind;
  readonly space?: SpaceId;
  readonly page?: PageId;
  readonly seen?: readonly SeenHead[];
  readonly key?: CarriedNotebookKey;
  readonly readers?: readonly RuledDevice[];
};

/** One message of `author`; first of its chain unless `options` says otherwise. */
export const write = (
  couple: Couple,
  author: Me,
  notebook: Notebook,
  options: WriteOptions = {},
): Written => {
  const { random, roster } = couple;
  const space = options.space ?? couple.space;
  const composed = composeMessage({
    header: {
      kind: options.kind ?? "update",
      space,
      notebook: notebook.id,
      device: author.device,
      seq: options.seq ?? 1,
      time: options.time ?? 1_767_225_600_000,
      prev: options.prev ?? genesisId(space, notebook.id, author.device),
    },
    payload: {
      seen: options.seen ?? [],
      page: options.page ?? newId(random),
      body: utf8(options.text ?? "a line"),
    },
    salt: random(32),
    recipients: recipientsFor(author, options.readers ?? roster),
  });
  const key = options.key ?? notebook.keys[0];
  if (!composed.ok || key === undefined) throw new Error("the test wrote what cannot be sealed");
  return { message: composed.value, envelope: sealMessage(composed.value, key, random(24)) };
};

export const writeAfter = (
  couple: Couple,
  before: Written,
  notebook: Notebook,
  author: Me,
  options: WriteOptions = {},
): Written =>
  write(couple, author, notebook, {
    seq: before.message.header.seq + 1,
    prev: before.message.id,
    ...options,
  });

export const writeChain = (
  couple: Couple,
  author: Me,
  notebook: Notebook,
  length: number,
): readonly Written[] => {
  const chain: Written[] = [];
  for (let count = 0; count < length; count++) {
    const last = chain.at(-1);
    chain.push(
      last === undefined
        ? write(couple, author, notebook)
        : writeAfter(couple, last, notebook, author, { text: `line ${count}` }),
    );
  }
  return chain;
};

export const seenOf = ({ message }: Written): SeenHead => ({
  device: message.header.device,
  seq: message.header.seq,
  id: message.id,
});

/** Judges and commits as a journal with a working disk does; the code of the last one. */
export const admitAll = (admission: Admission, written: readonly Written[]): readonly string[] => {
  const judged = admission.judge(written.map(({ envelope }) => envelope));
  admission.commit(judged);
  return judged.outcomes.map(codeOf);
};

export const codeOf = (outcome: Outcome): string =>
  outcome.outcome === "REFUSED" ? outcome.code : outcome.outcome;

/** An array's element that the test knows to be there. */
export const at = <Item>(items: readonly Item[], index: number): Item => {
  const item = items.at(index);
  if (item === undefined) throw new Error(`no item ${index}`);
  return item;
};
