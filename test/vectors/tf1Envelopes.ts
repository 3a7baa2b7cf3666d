import { fromBase64Url, fromHex, toHex } from "../../shared/base/bytes.ts";
import type { DeviceId, NotebookId, SpaceId } from "../../shared/base/ids.ts";
import { x25519Public, x25519Secret } from "../../shared/crypto/keys.ts";
import { createAdmission, type Admission } from "../../shared/envelope/admit.ts";
import { createChains } from "../../shared/envelope/chain.ts";
import { carriedNotebookKey, envelopeKey } from "../../shared/envelope/envelope.ts";
import { decodeMessage, encodeMessage, type Message } from "../../shared/envelope/message.ts";
import { openEnvelope, type HeldKey } from "../../shared/envelope/open.ts";
import type { Outcome } from "../../shared/envelope/outcome.ts";
import { recipientsFor } from "../../shared/envelope/recipients.ts";
import { composeMessage, sealMessage } from "../../shared/envelope/seal.ts";
import type { Rules } from "../../shared/envelope/verify.ts";
import { compare, type Difference, type VectorCase } from "./tf1Case.ts";
import {
  acceptedIn,
  givenInSentence,
  readerIn,
  type AcceptCase,
  type VectorDevice,
  type VectorFile,
} from "./tf1File.ts";

/** Each is accepted by its reader after all before it, and can be made again from its parts. */
export const acceptCases = (file: VectorFile): readonly VectorCase[] =>
  (["accept", "accept_as_A"] as const).flatMap((section) => {
    const vectors = file[section];
    return (vectors?.envelopes ?? []).map((vector) => ({
      name: `${section}: ${vector.name}`,
      differences: () => {
        const all = acceptedIn(file);
        const before = all.slice(0, all.indexOf(vector));
        return [
          ...outcomeDiffers(file, vectors?.as ?? "", before, vector.envelope, "ACCEPT"),
          ...bytesDiffer(file, vector),
        ];
      },
    }));
  });

export const rejectCases = (file: VectorFile): readonly VectorCase[] => {
  const { reject } = file;
  if (reject === undefined) return [];
  const usual = givenInSentence(file, reject.as);
  return reject.cases.map((one) => ({
    name: `reject: ${one.name}`,
    differences: () => {
      const given = namedAccepted(file, one.given ?? usual);
      return outcomeDiffers(file, one.as ?? readerIn(reject.as), given, one.envelope, one.code);
    },
  }));
};

export const chainCases = (file: VectorFile): readonly VectorCase[] => {
  const { chain } = file;
  if (chain === undefined) return [];
  return chain.cases.map((one) => ({
    name: `chain: ${one.name}`,
    differences: () => {
      const given = namedAccepted(file, one.given ?? chain.given);
      return outcomeDiffers(file, one.as ?? chain.as, given, one.envelope, one.outcome);
    },
  }));
};

const namedAccepted = (file: VectorFile, names: readonly string[]): readonly AcceptCase[] =>
  acceptedIn(file).filter(({ name }) => names.includes(name));

const outcomeDiffers = (
  file: VectorFile,
  reader: string,
  given: readonly AcceptCase[],
  envelope: string,
  expected: string,
): readonly Difference[] => {
  const admission = readerAfter(file, reader, given);
  if (typeof admission === "string")
    return compare([["the state before it", "accepted", admission]]);
  const [outcome] = admission.judge([fromHex(envelope)]).outcomes;
  return compare([["outcome", expected, codeOf(outcome)]]);
};

const codeOf = (outcome: Outcome | undefined): string =>
  outcome?.outcome === "REFUSED" ? outcome.code : (outcome?.outcome ?? "nothing");

/** The reader's admission with these accepted; its own ones are recorded. Or what went wrong on the way. */
const readerAfter = (
  file: VectorFile,
  reader: string,
  given: readonly AcceptCase[],
): Admission | string => {
  const rules = rulesFor(file, reader);
  const admission = createAdmission({ ...rules, chains: createChains() });
  for (const { name, envelope } of given) {
    const opened = openEnvelope(fromHex(envelope), heldKeys(file));
    if (opened.ok && opened.value.message.header.device === rules.me.device) {
      admission.record(opened.value.message);
      continue;
    }
    const judged = admission.judge([fromHex(envelope)]);
    admission.commit(judged);
    const code = codeOf(judged.outcomes[0]);
    if (code !== "ACCEPT") return `${name}: ${code}`;
  }
  return admission;
};

/** The couple is A and B. The other devices of a file are strangers to them. */
const rulesFor = (file: VectorFile, reader: string): Rules => {
  const couple = Object.entries(file.devices).filter(([name]) => name === "A" || name === "B");
  return {
    space: (file.space ?? "") as SpaceId,
    me: identityOf(deviceNamed(file, reader)),
    notebooks: file.notebooks.map((notebook) => ({
      id: notebook.id as NotebookId,
      keys: [carriedNotebookKey(fromHex(notebook.key))],
      writers:
        notebook.mode === "both"
          ? "both"
          : [deviceNamed(file, notebook.owner).device_id as DeviceId],
    })),
    roster: couple.map(([, device]) => ruled(device)),
  };
};

const deviceNamed = (file: VectorFile, name: string): VectorDevice => {
  const device = file.devices[name];
  if (device === undefined) throw new Error(`no device ${name}`);
  return device;
};

const identityOf = (device: VectorDevice): Rules["me"] => ({
  device: device.device_id as DeviceId,
  secret: x25519Secret(fromHex(device.x25519_secret)),
});

const ruled = (device: VectorDevice): Rules["roster"][number] => ({
  device: device.device_id as DeviceId,
  x25519: x25519Public(fromHex(device.x25519_public)),
});

const heldKeys = (file: VectorFile): readonly HeldKey[] =>
  file.notebooks.map(({ id, key }) => ({
    notebook: id as NotebookId,
    key: carriedNotebookKey(fromHex(key)),
  }));

const bytesDiffer = (file: VectorFile, vector: AcceptCase): readonly Difference[] => {
  const opened = openEnvelope(fromHex(vector.envelope), heldKeys(file));
  if (!opened.ok) return compare([["opening", "a message", opened.code]]);
  const { envelope, message, notebook } = opened.value;
  const held = heldKeys(file).find((one) => one.notebook === notebook);
  const sealed =
    held === undefined ? "" : toHex(sealMessage(message, held.key, fromHex(vector.nonce)));
  const key = fromBase64Url(envelopeKey(envelope));
  const decoded = decodeMessage(fromHex(vector.message));
  return compare([
    ["message", vector.message.toLowerCase(), toHex(encodeMessage(message))],
    ["message_id", vector.message_id, message.id],
    [
      "message_id of the message's bytes",
      vector.message_id,
      decoded.ok ? decoded.value.id : decoded.code,
    ],
    ["message composed again", vector.message.toLowerCase(), composedAgain(file, message)],
    ["envelope sealed again", vector.envelope.toLowerCase(), sealed],
    ["envelope_key", vector.envelope_key, key.ok ? toHex(key.value) : key.code],
    ["seq", vector.seq, message.header.seq],
    ["time", vector.time, message.header.time],
  ]);
};

/** From header, payload and salt alone, with the author's secret: tags and id have to come out the same. */
const composedAgain = (file: VectorFile, message: Message): string => {
  const devices = Object.values(file.devices);
  const author = devices.find(({ device_id }) => device_id === message.header.device);
  if (author === undefined) return "the author is none of the devices";
  const tagged = new Set<string>(message.tags.map(({ recipient }) => recipient));
  const readers = devices.filter(({ device_id }) => tagged.has(device_id)).map(ruled);
  const composed = composeMessage({
    ...message,
    recipients: recipientsFor(identityOf(author), readers),
  });
  return composed.ok ? toHex(encodeMessage(composed.value)) : composed.code;
};
