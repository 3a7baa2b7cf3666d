import type { DeviceId, NotebookId, SpaceId } from "../base/ids.ts";
import { accept, refuse, type Refused, type Result } from "../base/result.ts";
import type { X25519Public, X25519Secret } from "../crypto/keys.ts";
import {
  envelopeKey,
  type CarriedEnvelope,
  type CarriedNotebookKey,
  type EnvelopeKey,
} from "./envelope.ts";
import type { Message } from "./message.ts";
import { openEnvelope, type HeldKey, type OpenCode } from "./open.ts";
import { authKey, tagHolds, type AuthKey } from "./tags.ts";

/** Who may write where, as this device knows it now. When it changes, a new admission is made. */
export type Rules = {
  readonly space: SpaceId;
  readonly me: { readonly device: DeviceId; readonly secret: X25519Secret };
  readonly notebooks: readonly RuledNotebook[];
  /** The devices of the two; one's own device may be missing from it. */
  readonly roster: readonly RuledDevice[];
};

export type RuledNotebook = {
  readonly id: NotebookId;
  /** One for each epoch, all of which open. */
  readonly keys: readonly CarriedNotebookKey[];
  readonly writers: "both" | readonly DeviceId[];
};

export type RuledDevice = {
  readonly device: DeviceId;
  readonly x25519: X25519Public;
  /**
   * Of a device that is gone: the last sequence that counts in each notebook, none where a notebook is missing.
   * Undefined while the device is in use.
   */
  readonly cuts?: ReadonlyMap<NotebookId, number> | undefined;
};

/** Opened, allowed, and (unless it is one's own) certain to be from the device that it names. */
export type VerifiedMessage = {
  readonly envelope: CarriedEnvelope;
  readonly key: EnvelopeKey;
  readonly message: Message;
};

export type VerifyCode =
  | OpenCode
  | "WRONG_SPACE"
  | "UNKNOWN_NOTEBOOK"
  | "WRONG_NOTEBOOK_KEY"
  | "UNKNOWN_DEVICE"
  | "NOT_ALLOWED"
  | "REVOKED_DEVICE"
  | "NO_TAG"
  | "BAD_TAG";

/**
 * The checks that need no memory of what came before, up to the tag. One's own messages have no tag for
 * oneself: they come out unverified, and only the chains can tell them.
 * @see docs/protocol.md §6, the order of checks
 */
export const createVerifier = (rules: Rules): Verify => {
  const facts = prepare(rules);
  return (bytes) => {
    const opened = openEnvelope(bytes, facts.keys);
    if (!opened.ok) return opened;
    const { envelope, message, notebook } = opened.value;
    const fault = placeFault(message, notebook, facts) ?? tagFault(message, facts);
    return fault ?? accept({ envelope, message, key: envelopeKey(envelope) });
  };
};

export type Verify = (bytes: Uint8Array) => Result<VerifiedMessage, VerifyCode>;

type Facts = {
  readonly space: SpaceId;
  readonly me: DeviceId;
  readonly keys: readonly HeldKey<CarriedNotebookKey>[];
  readonly writers: ReadonlyMap<NotebookId, RuledNotebook["writers"]>;
  readonly authors: ReadonlyMap<DeviceId, Author>;
};

type Author = { readonly cuts: RuledDevice["cuts"]; readonly key: AuthKey };

const prepare = ({ space, me, notebooks, roster }: Rules): Facts => ({
  space,
  me: me.device,
  keys: notebooks.flatMap(({ id, keys }) => keys.map((key) => ({ notebook: id, key }))),
  writers: new Map(notebooks.map(({ id, writers }) => [id, writers])),
  authors: new Map(
    roster.flatMap(({ device, x25519, cuts }) => {
      // A certificate whose X25519 gives zeros is refused when it is met; here its device stays unknown.
      const key = authKey({ author: device, recipient: me.device }, me.secret, x25519);
      return key.ok ? [[device, { cuts, key: key.value }] as const] : [];
    }),
  ),
});

const placeFault = (
  { header }: Message,
  openedUnder: NotebookId,
  { space, me, writers, authors }: Facts,
): Refused<VerifyCode> | undefined => {
  if (header.space !== space) return refuse("WRONG_SPACE");
  const allowed = writers.get(header.notebook);
  if (allowed === undefined) return refuse("UNKNOWN_NOTEBOOK");
  if (header.notebook !== openedUnder) return refuse("WRONG_NOTEBOOK_KEY");
  const author = authors.get(header.device);
  if (author === undefined && header.device !== me) return refuse("UNKNOWN_DEVICE");
  if (allowed !== "both" && !allowed.includes(header.device)) return refuse("NOT_ALLOWED");
  const cuts = author?.cuts;
  if (cuts !== undefined && header.seq > (cuts.get(header.notebook) ?? 0))
    return refuse("REVOKED_DEVICE");
  return undefined;
};

const tagFault = (
  { id, header, tags }: Message,
  { me, authors }: Facts,
): Refused<VerifyCode> | undefined => {
  if (header.device === me) return undefined;
  const mine = tags.find(({ recipient }) => recipient === me);
  const author = authors.get(header.device);
  if (mine === undefined || author === undefined) return refuse("NO_TAG");
  return tagHolds(author.key, id, mine.tag) ? undefined : refuse("BAD_TAG");
};
