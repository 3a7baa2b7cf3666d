import { readUtf8, u64, utf8 } from "../base/bytes.ts";
import {
  idBytes,
  idFrom,
  type DeviceId,
  type MessageId,
  type NotebookId,
  type SpaceId,
} from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { wipe } from "../crypto/wipe.ts";
import { carriedNotebookKey, type CarriedNotebookKey } from "../envelope/envelope.ts";
import type { ChainHead } from "../envelope/chain.ts";
import { type FieldReader, u16 } from "./fields.ts";
import type { Owner } from "./roster.ts";
import {
  type Couple,
  type NamedBeside,
  notebookSecret,
  notebookSecretBytes,
  notebookSecretLength,
  type NotebookSecret,
} from "./space.ts";

/**
 * What is left of a couple once its journal has ended (PROTOCOL §9): what reads the words that are here, and nothing
 * that could write to the other, meet them, or tell a new word of theirs from a forged one. As bytes:
 *   space16 | my device16 | partner's device16 | partner's name | ended u64 ms | mine, ours: id16, key32 | theirs: id16
 *   | heads u8, each notebook16 device16 seq u64 id32
 *   | fate u8: 0 kept, key32 · 1 until, key32, from u64, newest u64, last u64, behind u64, seen over u64 (0: not yet) · 2 leaving · 3 gone
 */
export type PastCouple = {
  readonly space: SpaceId;
  /** Of the device whose keys were destroyed. */
  readonly me: DeviceId;
  readonly partner: { readonly name: string; readonly device: DeviceId };
  readonly endedAt: number;
  readonly notebooks: {
    readonly mine: NotebookSecret;
    readonly ours: NotebookSecret;
    readonly theirs: { readonly id: NotebookId };
  };
  /** The partner's chains as they stood: they vouch for what is before them. At most 255. */
  readonly heads: readonly ChainHead[];
  readonly theirWords: PastWords;
  /**
   * Where the two had met again, or either used more than one computer: keys of earlier epochs, devices before those
   * above, oldest first, and devices beside them.
   */
  readonly before?: PastBefore | undefined;
};

export type PastBefore = {
  /** `theirs` goes with the partner's words. */
  readonly keys: readonly {
    readonly mine: CarriedNotebookKey;
    readonly ours: CarriedNotebookKey;
    readonly theirs: CarriedNotebookKey | undefined;
  }[];
  readonly devices: readonly { readonly owner: Owner; readonly device: DeviceId }[];
  /** Computers that were in use beside the two above. */
  readonly beside?: readonly NamedBeside[] | undefined;
};

/** What of them stays once the journal ends: their names, so that their words are read. Nothing where there are none. */
export const pastBesideOf = ({ beside = [] }: Pick<Couple, "beside">): Pick<PastBefore, "beside"> =>
  beside.length === 0
    ? {}
    : {
        beside: beside.map(({ owner, older, certificate: { device } }) => ({
          ...{ owner, older, certificate: { device } },
        })),
      };

/**
 * kept: for as long as this journal is kept · until: they go when the time is over · leaving: their key is destroyed
 * and what it sealed is going · gone.
 */
export type PastWords =
  | { readonly fate: "kept"; readonly key: CarriedNotebookKey }
  | {
      readonly fate: "until";
      readonly key: CarriedNotebookKey;
      readonly time: TimeLeft;
      /** When their time was first seen to be over, ms; `time` is then as it was before. */
      readonly overAt?: number | undefined;
    }
  | { readonly fate: "leaving" }
  | { readonly fate: "gone" };

/** ms: counted in journal/ending/timeLeft.ts. */
export type TimeLeft = {
  readonly from: number;
  readonly newest: number;
  readonly last: number;
  readonly behind: number;
};

const fates = ["kept", "until", "leaving", "gone"] as const;

export const pastCoupleFields = (past: PastCouple): readonly Uint8Array[] => {
  const name = utf8(past.partner.name);
  if (past.heads.length > 0xff) throw new RangeError("at most 255 heads");
  return [
    idBytes(past.space),
    idBytes(past.me),
    idBytes(past.partner.device),
    u16(name.length),
    name,
    u64(past.endedAt),
    notebookSecretBytes(past.notebooks.mine),
    notebookSecretBytes(past.notebooks.ours),
    idBytes(past.notebooks.theirs.id),
    Uint8Array.of(past.heads.length),
    ...past.heads.flatMap(({ notebook, device, seq, id }) => [
      idBytes(notebook),
      idBytes(device),
      u64(seq),
      idBytes(id),
    ]),
    ...wordsFields(past.theirWords),
  ];
};

const wordsFields = (words: PastWords): readonly Uint8Array[] => {
  const fate = Uint8Array.of(fates.indexOf(words.fate));
  if (words.fate === "kept") return [fate, words.key];
  if (words.fate !== "until") return [fate];
  const { from, newest, last, behind } = words.time;
  return [fate, words.key, ...[from, newest, last, behind, words.overAt ?? 0].map(u64)];
};

export const readPastCouple = (fields: FieldReader): Result<PastCouple, "BAD_KEYRING"> => {
  const [space, me, device] = [fields.take(16), fields.take(16), fields.take(16)];
  const name = readUtf8(fields.take(fields.u16()));
  const endedAt = fields.u64();
  const [mine, ours] = [fields.take(notebookSecretLength), fields.take(notebookSecretLength)];
  const theirs = fields.take(16);
  const heads = Array.from({ length: fields.u8() }, () => readHead(fields));
  const theirWords = readWords(fields);
  // Whatever was missing reads as empty from there on.
  if (theirWords === undefined || ours.length < notebookSecretLength)
    return refuse("BAD_KEYRING", "a journal that ended");
  if (!name.ok) return refuse("BAD_KEYRING", "a partner's name");
  return accept({
    space: idFrom<SpaceId>(space),
    me: idFrom<DeviceId>(me),
    partner: { name: name.value, device: idFrom<DeviceId>(device) },
    endedAt,
    notebooks: {
      mine: notebookSecret(mine),
      ours: notebookSecret(ours),
      theirs: { id: idFrom<NotebookId>(theirs) },
    },
    heads,
    theirWords,
  });
};

const readHead = (fields: FieldReader): ChainHead => ({
  notebook: idFrom<NotebookId>(fields.take(16)),
  device: idFrom<DeviceId>(fields.take(16)),
  seq: fields.u64(),
  id: idFrom<MessageId>(fields.take(32)),
});

const readWords = (fields: FieldReader): PastWords | undefined => {
  const fate = fates[fields.u8()];
  if (fate === "leaving" || fate === "gone") return { fate };
  const bytes = fields.take(32);
  if (fate === undefined || bytes.length < 32) return undefined;
  const key = carriedNotebookKey(bytes);
  if (fate === "kept") return { fate, key };
  const [from, newest, last, behind] = [fields.u64(), fields.u64(), fields.u64(), fields.u64()];
  const overAt = fields.u64();
  return {
    fate,
    key,
    time: { from, newest, last, behind },
    ...(overAt === 0 ? {} : { overAt }),
  };
};

/** The notebook key of the partner's words, while there is one. */
export const keyOfTheirs = ({ theirWords }: PastCouple): CarriedNotebookKey | undefined =>
  "key" in theirWords ? theirWords.key : undefined;

export const wipePastCouple = (past: PastCouple): void => {
  const theirs = keyOfTheirs(past);
  wipe(past.notebooks.mine.key, past.notebooks.ours.key, ...(theirs === undefined ? [] : [theirs]));
  for (const { mine, ours, theirs: earlier } of past.before?.keys ?? [])
    wipe(mine, ours, ...(earlier === undefined ? [] : [earlier]));
};
