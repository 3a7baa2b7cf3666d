import { createReader } from "./reader.ts";

/** What a client may say, in Hocuspocus's encoding: the document's name, a kind, and what belongs to it. */
export type Message =
  | { readonly kind: "ask"; readonly name: string }
  | { readonly kind: "vector"; readonly name: string; readonly body: Uint8Array }
  | { readonly kind: "update"; readonly name: string; readonly body: Uint8Array }
  | { readonly kind: "leave"; readonly name: string }
  /** Who is there, which is asked of nobody and told to nobody. */
  | { readonly kind: "presence"; readonly name: string }
  | { readonly kind: "pong" };

const sync = 0;
const awareness = 1;
const auth = 2;
const queryAwareness = 3;
const syncReply = 4;
const close = 7;
const syncStatus = 8;
const ping = 9;
const pong = 10;

const nameLength = 45;

/** Undefined for what is not our protocol. The name has the right length; nothing else is known of it. */
export const parseMessage = (data: Uint8Array): Message | undefined => {
  if (data.length === 1 && data[0] === pong) return { kind: "pong" };
  const reader = createReader(data);
  const name = reader.ascii(nameLength);
  const kind = reader.uint();
  if (!reader.ok() || name.length !== nameLength) return undefined;
  switch (kind) {
    case auth:
      return readAsking(data, reader.position(), name);
    case sync:
    case syncReply:
      return readSync(data, reader.position(), name);
    case awareness:
    case queryAwareness:
      return { kind: "presence", name };
    case close:
      return { kind: "leave", name };
    default:
      return undefined;
  }
};

const token = 0;
const longestToken = 64;
const longestVersion = 64;

const readAsking = (data: Uint8Array, from: number, name: string): Message | undefined => {
  const reader = createReader(data, from);
  const isToken = reader.uint() === token;
  reader.ascii(longestToken);
  if (reader.ok() && !reader.atEnd()) reader.ascii(longestVersion);
  return isToken && reader.atEnd() ? { kind: "ask", name } : undefined;
};

const readSync = (data: Uint8Array, from: number, name: string): Message | undefined => {
  const reader = createReader(data, from);
  const step = reader.uint();
  const length = reader.uint();
  const start = reader.position();
  reader.skip(length);
  if (!reader.atEnd() || step > 2) return undefined;
  const body = data.subarray(start);
  return step === 0 ? { kind: "vector", name, body } : { kind: "update", name, body };
};

/** What the server tells a client that matters to whoever stands between the two. */
export type Answer = { readonly name: string; readonly kind: "denied" | "closed" | "other" };

export const readAnswer = (data: Uint8Array): Answer => {
  const reader = createReader(data);
  const name = reader.ascii(nameLength);
  const kind = reader.uint();
  if (kind === close) return { name, kind: "closed" };
  return { name, kind: kind === auth && reader.uint() === 1 ? "denied" : "other" };
};

/** Sent now and then: Hocuspocus's client takes a connection for dead that says nothing for 30 seconds. */
export const pingMessage = Uint8Array.of(ping);

/** An update was not taken. */
export const notTakenMessage = (name: string): Uint8Array =>
  Uint8Array.from([...asciiOf(name), syncStatus, 0]);

export const deniedMessage = (name: string, reason: string): Uint8Array =>
  Uint8Array.from([...asciiOf(name), auth, 1, ...asciiOf(reason)]);

/** A state vector without the document's name in front of it. */
export const vectorBody = (vector: Uint8Array): Uint8Array => {
  const length: number[] = [];
  let rest = vector.length;
  for (; rest > 127; rest = Math.floor(rest / 128)) length.push((rest % 128) + 128);
  return Buffer.concat([Uint8Array.of(sync, 0, ...length, rest), vector]);
};

const asciiOf = (text: string): readonly number[] => [text.length, ...Buffer.from(text, "latin1")];
