import type { DeviceId, MessageId, NotebookId, SpaceId } from "../base/ids.ts";
import { accept, refuse, type Accepted, type Refused, type Result } from "../base/result.ts";
import type { X25519Public, X25519Secret } from "../crypto/keys.ts";
import {
  envelopeKey,
  type CarriedEnvelope,
  type CarriedNotebookKey,
  type EnvelopeKey,
} from "./envelope.ts";
import type { BesideWord } from "./besideWord.ts";
import type { Message } from "./message.ts";
import { openEnvelope, type HeldKey, type OpenCode } from "./open.ts";
import { authKey, tagHolds, type AuthKey } from "./tags.ts";

/** Who may write where, as this device knows it now. When it changes, a new admission is made. */
export type Rules = {
  readonly space: SpaceId;
  readonly me: { readonly device: DeviceId; readonly secret: X25519Secret };
  readonly notebooks: readonly RuledNotebook[];
  /** The devices of the two; one's own device in use may be missing from it. */
  readonly roster: readonly RuledDevice[];
  /** One's own devices that others have replaced; each stands in the roster too, with its cuts. */
  readonly selves?: readonly FormerSelf[] | undefined;
  /** One's own others in use, where there are some; each stands in the roster too. */
  readonly beside?: BesideWord | undefined;
  /** The first device of the person that a device belongs to, the same for all of one person's. Missing: itself. */
  readonly person?: ((device: DeviceId) => DeviceId) | undefined;
  /**
   * Once a journal has ended there is no key any more to check tags with: of those devices count the messages that the
   * heads from the day of the ending vouch for (PROTOCOL §9), and no other.
   */
  readonly past?:
    | { readonly devices: readonly DeviceId[]; readonly vouched: ReadonlySet<MessageId> }
    | undefined;
};

export type FormerSelf = {
  readonly device: DeviceId;
  /** Where this computer has it: reads the tags that were made for that device. */
  readonly secret: X25519Secret | undefined;
  /** Its words come here from another computer of mine: for them nobody has to take the partner's word. */
  readonly handedOn?: boolean | undefined;
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
  /**
   * Up to here, in each notebook, its messages count without a tag: the holder of the journal vouched for them at a
   * meeting. Danger: of one's own gone devices never beyond their cuts, or others could put words in one's mouth.
   */
  readonly vouched?: ReadonlyMap<NotebookId, number> | undefined;
};

/** Opened, allowed, and (unless it is one's own) certain to be from the device that it names. */
export type VerifiedMessage = {
  readonly envelope: CarriedEnvelope;
  readonly key: EnvelopeKey;
  readonly message: Message;
  /** No tag of one's own reads it: it counts by the word of whoever held the journal, or of a computer of one's own. */
  readonly vouched: boolean;
};

/** `waits`: it has no tag for this device, and another computer of one's own may yet vouch for it. */
export type Verified =
  | Accepted<VerifiedMessage>
  | (Refused<VerifyCode> & { readonly waits?: Pick<Message, "id" | "header"> | undefined });

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
 * The checks that need no memory of what came before, up to the tag. Messages of one's own device in use have no tag
 * for oneself: they come out unverified, and only the chains can tell them.
 * @see docs/protocol.md §6, the order of checks
 */
export const createVerifier = (rules: Rules): Verify => {
  const facts = prepare(rules);
  return (bytes, marked, giver = "anybody") => {
    const opened = openEnvelope(bytes, facts.keys);
    if (!opened.ok) return opened;
    const { envelope, message, notebook } = opened.value;
    const fault = placeFault(message, notebook, facts);
    if (fault !== undefined) return fault;
    const word = wordFor(message, facts, marked, giver);
    if (!word.ok) return mayYetCount(message, word.code, facts, marked) ? waiting(message) : word;
    return accept({
      envelope,
      message,
      key: envelopeKey(bytes),
      vouched: word.value === "vouched",
    });
  };
};

/**
 * `marked`: for what lies on this disk, where nobody's word at a meeting counts any more, only the mark that was made
 * when it did (ledger/ownMark.ts): somebody may have laid it there since.
 */
export type Verify = (
  bytes: Uint8Array,
  marked?: (message: Message) => "own" | "vouched" | undefined,
  giver?: Giver,
) => Verified;

/**
 * Who has handed it over: another computer of one's own, over what only the two can meet in, or anybody. Danger: the
 * partner holds every notebook's key. Words of my own person that another computer of mine has, and that bear no tag for
 * this device, count only from its hands; else whoever is quicker could put words in my mouth under a number that is vouched
 * for.
 */
export type Giver = "mine" | "anybody";

type Facts = {
  readonly space: SpaceId;
  readonly me: DeviceId;
  readonly keys: readonly HeldKey<CarriedNotebookKey>[];
  readonly writers: ReadonlyMap<NotebookId, RuledNotebook["writers"]>;
  readonly selves: ReadonlySet<DeviceId>;
  readonly beside: Rules["beside"];
  /** Devices of mine whose words another computer of mine has, and hands over. */
  readonly handed: ReadonlySet<DeviceId>;
  readonly authors: ReadonlyMap<DeviceId, Author>;
};

type Author = {
  readonly cuts: RuledDevice["cuts"];
  /** By whom the tag is for: this device, or one that was mine. */
  readonly keys: ReadonlyMap<DeviceId, AuthKey>;
  /** At a meeting. */
  readonly isVouched: (message: Message) => boolean;
  /** By the heads from the day of an ending; undefined before one. */
  readonly past: ReadonlySet<MessageId> | undefined;
};

const prepare = (rules: Rules): Facts => {
  const { space, me, notebooks, roster, beside, past } = rules;
  const selves = new Set(rules.selves?.map(({ device }) => device));
  return {
    space,
    me: me.device,
    keys: notebooks.flatMap(({ id, keys }) => keys.map((key) => ({ notebook: id, key }))),
    writers: new Map(notebooks.map(({ id, writers }) => [id, writers])),
    selves,
    beside,
    handed: new Set([
      ...(rules.selves ?? []).flatMap(({ device, handedOn }) =>
        handedOn === true ? [device] : [],
      ),
      ...(beside?.devices ?? []),
    ]),
    authors: new Map<DeviceId, Author>([
      ...[...selves, ...(beside?.devices ?? [])].map((device) => [device, unheard] as const),
      ...roster.flatMap((one) => {
        const keys = keysFor(one, rules);
        // A certificate whose X25519 gives zeros is refused when it is met; here its device stays unknown.
        if (keys.size === 0) return [];
        const { device, cuts, vouched } = one;
        const isVouched = ({ header }: Message): boolean =>
          header.seq <= (vouched?.get(header.notebook) ?? 0);
        // Whoever has the keys of a device that was mine could tag for this one: it takes the word of a meeting.
        const author = { ...unheard, cuts, isVouched, keys: selves.has(device) ? noKeys : keys };
        return [[device, author] as const];
      }),
      ...(past?.devices ?? []).map(
        (device) => [device, { ...unheard, past: past?.vouched }] as const,
      ),
    ]),
  };
};

const noKeys: Author["keys"] = new Map();
const unheard: Author = {
  cuts: undefined,
  keys: noKeys,
  isVouched: () => false,
  past: undefined,
};

const keysFor = ({ device, x25519 }: RuledDevice, { me, selves }: Rules): Author["keys"] =>
  new Map(
    [me, ...(selves ?? [])].flatMap(({ device: recipient, secret }) => {
      if (secret === undefined) return [];
      const key = authKey({ author: device, recipient }, secret, x25519);
      return key.ok ? [[recipient, key.value] as const] : [];
    }),
  );

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

type Marked = Parameters<Verify>[1];

/** What arrives before the word of another computer of mine that it counts by. */
const mayYetCount = (
  { header }: Message,
  code: VerifyCode,
  { me, beside }: Facts,
  marked: Marked,
): boolean =>
  beside !== undefined && code === "NO_TAG" && marked === undefined && header.device !== me;

const waiting = ({ id, header }: Message): Verified => ({
  ...refuse("NO_TAG"),
  waits: { id, header },
});

/** By whose word a message counts. */
type Word = "tag" | "own" | "past" | "vouched";

const wordFor = (
  message: Message,
  { me, selves, beside, handed, authors }: Facts,
  marked: Marked,
  giver: Giver,
): Result<Word, "NO_TAG" | "BAD_TAG"> => {
  const { device } = message.header;
  const mark = marked?.(message);
  if (device === me)
    return marked === undefined || mark === "own" ? accept("own") : refuse("NO_TAG");
  const author = authors.get(device);
  if (author === undefined) return refuse("NO_TAG");
  if (author.past !== undefined)
    return author.past.has(message.id) ? accept("past") : refuse("NO_TAG");
  const isMyOwn = selves.has(device) || beside?.devices.has(device) === true;
  if (mark === "own" && isMyOwn) return accept("own");
  const isVouched = author.isVouched(message);
  const tags = message.tags.flatMap(({ recipient, tag }) => {
    const key = author.keys.get(recipient);
    // Danger: whoever has a device that was mine can make tags for it in the partner's name. They count for what was
    // written before it was replaced, and no device in use is beyond what was vouched for by then.
    const counts = recipient === me || author.cuts !== undefined || isVouched;
    return key !== undefined && counts ? [{ key, tag }] : [];
  });
  if (tags.some(({ key, tag }) => tagHolds(key, message.id, tag))) return accept("tag");
  const counts =
    (isVouched || beside?.vouches(message.header) === true) &&
    (giver === "mine" || !handed.has(device));
  if (marked === undefined ? counts : mark === "vouched") return accept("vouched");
  return refuse(tags.length === 0 ? "NO_TAG" : "BAD_TAG");
};
