import * as v from "valibot";
import { accept, refuse, type Result } from "../../shared/base/result.ts";

/** The shape of a vector file: hex everywhere, times in ms. Sections may be missing, unknown ones are refused. */
const hex = v.pipe(v.string(), v.regex(/^(?:[0-9a-fA-F]{2})*$/, "is not hex"));
const bytes = (length: number) =>
  v.pipe(hex, v.length(length * 2, `is not ${length} bytes`), v.toLowerCase());
const text = v.string();
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const safeCount = v.pipe(count, v.maxValue(Number.MAX_SAFE_INTEGER));

const device = v.object({
  ed25519_seed: bytes(32),
  ed25519_public: bytes(32),
  x25519_secret: bytes(32),
  x25519_public: bytes(32),
  xwing_seed: bytes(32),
  xwing_public: bytes(1216),
  device_id: bytes(16),
});

const notebook = v.variant("mode", [
  v.object({ id: bytes(16), key: bytes(32), mode: v.literal("solo"), owner: text }),
  v.object({ id: bytes(16), key: bytes(32), mode: v.literal("both") }),
]);

const accepted = v.object({
  name: text,
  message_id: bytes(32),
  message: hex,
  nonce: bytes(24),
  envelope: hex,
  envelope_key: bytes(16),
  seq: safeCount,
  time: safeCount,
});

const acceptance = v.object({ as: text, envelopes: v.array(accepted) });
const named = { name: text, envelope: hex, as: v.optional(text), given: v.optional(v.array(text)) };

const schema = v.strictObject({
  protocol: v.literal("TF/1"),
  note: v.optional(text),
  devices: v.optional(v.record(text, device), {}),
  space: v.optional(bytes(16)),
  notebooks: v.optional(v.array(notebook), []),
  hash: v.optional(
    v.object({
      H: v.object({ label: text, parts: v.array(hex), out: bytes(32) }),
      K: v.object({
        key: bytes(32),
        label: text,
        parts: v.array(hex),
        out: bytes(32),
        out64: bytes(64),
      }),
    }),
  ),
  padme: v.optional(v.array(v.tuple([v.pipe(count, v.minValue(1)), count])), []),
  genesis: v.optional(
    v.object({ space: bytes(16), notebook: bytes(16), device: text, out: bytes(32) }),
  ),
  auth_key: v.optional(v.object({ author: text, recipient: text, out: bytes(32) })),
  accept: v.optional(acceptance),
  accept_as_A: v.optional(acceptance),
  reject: v.optional(v.object({ as: text, cases: v.array(v.object({ ...named, code: text })) })),
  chain: v.optional(
    v.object({
      as: text,
      given: v.array(text),
      cases: v.array(v.object({ ...named, outcome: text })),
    }),
  ),
  sas: v.optional(
    v.object({
      handshake_hash: bytes(64),
      nonce_A: bytes(16),
      nonce_B: bytes(16),
      id_A: bytes(16),
      id_B: bytes(16),
      commitment: bytes(32),
      words: text,
    }),
  ),
  vault: v.optional(
    v.object({
      passphrase: text,
      header: bytes(32),
      device_secret: bytes(32),
      argon2id: bytes(32),
      kek: bytes(32),
      kek_without_device_secret: bytes(32),
      master_key: bytes(32),
      slot: v.literal(1),
      nonce: bytes(24),
      wrap: bytes(105),
    }),
  ),
  recovery: v.optional(v.object({ entropy: bytes(16), mnemonic: text, kek: bytes(32) })),
  kdf_bounds: v.optional(v.array(v.object({ ops: count, memKiB: count, code: text })), []),
});

export type VectorFile = v.InferOutput<typeof schema>;
export type VectorDevice = v.InferOutput<typeof device>;
export type AcceptCase = v.InferOutput<typeof accepted>;

/** BAD_FILE: `detail` is one sentence that says where it is wrong. */
export const readVectorFile = (content: string): Result<VectorFile, "BAD_FILE"> => {
  const json = readJson(content);
  if (!json.ok) return json;
  if (typeof json.value !== "object" || json.value === null || Array.isArray(json.value)) {
    return refuse("BAD_FILE", "It is not an object of sections.");
  }
  const read = v.safeParse(schema, json.value, { abortEarly: true });
  if (!read.success) return refuse("BAD_FILE", describe(read.issues[0]));
  const loose = looseName(read.output);
  return loose === undefined ? accept(read.output) : refuse("BAD_FILE", loose);
};

const readJson = (content: string): Result<unknown, "BAD_FILE"> => {
  try {
    return accept(JSON.parse(content));
  } catch {
    return refuse("BAD_FILE", "It is not JSON.");
  }
};

const describe = (issue: v.BaseIssue<unknown>): string => {
  const path = (issue.path ?? []).map(({ key }) => String(key));
  if (issue.expected === "never") return `It has a section that is not known: ${path.join(".")}.`;
  const where = path.join(".");
  if (issue.received === "undefined") return `${where} is missing.`;
  if (issue.message.startsWith("is not")) return `${where} ${issue.message}.`;
  const got = issue.received.slice(0, 60);
  return `${where} has to be ${issue.expected ?? "something else"} and is ${got}.`;
};

/** A section that speaks of a device, a space or an envelope that the file does not have. */
const looseName = (file: VectorFile): string | undefined => {
  for (const [where, name] of namesIn(file)) {
    if (!Object.hasOwn(file.devices, name))
      return `${where} names the device "${name}", which is not in devices.`;
  }
  const envelopes = new Set(acceptedIn(file).map(({ name }) => name));
  for (const [where, name] of givenIn(file)) {
    if (!envelopes.has(name))
      return `${where} names the envelope "${name}", which is not in accept.`;
  }
  const sealed = file.accept ?? file.accept_as_A ?? file.reject ?? file.chain;
  if (sealed !== undefined && file.space === undefined) return "It has envelopes but no space.";
  return undefined;
};

const namesIn = (file: VectorFile): readonly (readonly [string, string])[] => [
  ...file.notebooks.flatMap((one, index) =>
    one.mode === "solo" ? [[`notebooks.${index}.owner`, one.owner] as const] : [],
  ),
  ...mention("genesis.device", file.genesis?.device),
  ...mention("auth_key.author", file.auth_key?.author),
  ...mention("auth_key.recipient", file.auth_key?.recipient),
  ...mention("accept.as", file.accept?.as),
  ...mention("accept_as_A.as", file.accept_as_A?.as),
  ...mention("reject.as", file.reject === undefined ? undefined : readerIn(file.reject.as)),
  ...mention("chain.as", file.chain?.as),
  ...(file.reject?.cases ?? []).flatMap((one, index) =>
    mention(`reject.cases.${index}.as`, one.as),
  ),
  ...(file.chain?.cases ?? []).flatMap((one, index) => mention(`chain.cases.${index}.as`, one.as)),
];

const mention = (where: string, name: string | undefined): readonly (readonly [string, string])[] =>
  name === undefined ? [] : [[where, name]];

const givenIn = (file: VectorFile): readonly (readonly [string, string])[] => [
  ...(file.chain?.given ?? []).map((name) => ["chain.given", name] as const),
  ...[...(file.reject?.cases ?? []), ...(file.chain?.cases ?? [])].flatMap((one) =>
    (one.given ?? []).map((name) => [`the case "${one.name}"`, name] as const),
  ),
];

export const acceptedIn = (file: VectorFile): readonly AcceptCase[] => [
  ...(file.accept?.envelopes ?? []),
  ...(file.accept_as_A?.envelopes ?? []),
];

/** `reject.as` is a sentence: its first word is the reader. */
export const readerIn = (sentence: string): string => sentence.split(/\s/, 1)[0] ?? "";

/** …and it names the envelopes that the reader has accepted before. */
export const givenInSentence = (file: VectorFile, sentence: string): readonly string[] => {
  const words = new Set(sentence.split(/[\s,;]+/));
  return acceptedIn(file)
    .map(({ name }) => name)
    .filter((name) => words.has(name));
};
