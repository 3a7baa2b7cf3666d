import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { WebSocketServer, type WebSocket } from "ws";
import * as Y from "yjs";
import { airlockMap } from "../../shared/carry/carrier.ts";

/** What a mailbox can say on a connection about one box. */
export type Talk = {
  readonly name: string;
  /** What this mailbox holds under that name. */
  readonly doc: Y.Doc;
  readonly letIn: () => void;
  readonly refuse: (reason: string) => void;
  /** Its answer to being asked for everything. */
  readonly tellAll: (update?: Uint8Array) => void;
  readonly tell: (update: Uint8Array) => void;
  /** Asks for all that the other end has. */
  readonly ask: () => void;
  readonly confirm: () => void;
  readonly raw: (bytes: Uint8Array) => void;
  readonly hangUp: () => void;
  readonly isOpen: () => boolean;
  /** Makes a change to what it holds and says so, in this connection. */
  readonly meddle: (change: (entries: Y.Map<unknown>, doc: Y.Doc) => void) => void;
};

/** Each part takes the place of what an honest mailbox does; what is left out is done honestly. */
export type Behaviour = {
  /** Another name than the one that was asked for. */
  readonly nameOf?: (name: string) => string;
  readonly onConnect?: (talk: Talk) => void;
  readonly onToken?: (talk: Talk) => void;
  readonly onAsked?: (talk: Talk) => void;
  /** After it was taken. */
  readonly onUpdate?: (talk: Talk, update: Uint8Array) => void;
  readonly confirms?: boolean;
};

export type HostileMailbox = {
  readonly address: string;
  /** What came from the ends, since it was last forgotten. */
  readonly heard: { connections: number; messages: number; bytes: number; largest: number };
  /** Types of messages that ever came. */
  readonly kinds: Set<number>;
  readonly forgetHeard: () => void;
  readonly docs: Map<string, Y.Doc>;
  /** Connections that stand now. */
  readonly connected: () => number;
  readonly entriesOf: (name: string) => readonly string[];
  /** Behaves like this from now on, with all connections broken. */
  readonly be: (behaviour: Behaviour) => void;
  readonly stop: () => Promise<void>;
};

/** A few lines that speak as a stock server does, so that each of them can be bent. */
export const runHostileMailbox = async (first: Behaviour = {}): Promise<HostileMailbox> => {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await new Promise<void>((resolve) => {
    server.on("listening", resolve);
  });
  const docs = new Map<string, Y.Doc>();
  const heard = { connections: 0, messages: 0, bytes: 0, largest: 0 };
  const kinds = new Set<number>();
  const listening = new Map<string, Set<WebSocket>>();
  let behaviour = first;

  const docOf = (name: string): Y.Doc => {
    const real = behaviour.nameOf?.(name) ?? name;
    const doc = docs.get(real) ?? new Y.Doc();
    docs.set(real, doc);
    return doc;
  };
  const talkOn = (socket: WebSocket, name: string): Talk => {
    const doc = docOf(name);
    const tell = (kind: number, body: Uint8Array) => socket.send(syncFrame(name, kind, body));
    const talk: Talk = {
      name,
      doc,
      letIn: () => socket.send(authFrame(name, 2, "read-write")),
      refuse: (reason) => socket.send(authFrame(name, 1, reason)),
      tellAll: (update = Y.encodeStateAsUpdate(doc)) => tell(1, update),
      tell: (update) => tell(2, update),
      ask: () => tell(0, Uint8Array.of(0)),
      confirm: () => socket.send(storedFrame(name)),
      raw: (bytes) => socket.send(bytes),
      hangUp: () => socket.terminate(),
      isOpen: () => socket.readyState === socket.OPEN,
      meddle: (change) => {
        const before = Y.encodeStateVector(doc);
        doc.transact(() => change(doc.getMap(airlockMap), doc));
        talk.tell(Y.encodeStateAsUpdate(doc, before));
      },
    };
    return talk;
  };

  const take = (socket: WebSocket, bytes: Uint8Array): void => {
    heard.messages += 1;
    heard.bytes += bytes.length;
    heard.largest = Math.max(heard.largest, bytes.length);
    const decoder = decoding.createDecoder(bytes);
    const name = decoding.readVarString(decoder);
    const type = decoding.readVarUint(decoder);
    kinds.add(type);
    const talk = talkOn(socket, name);
    if (type === 2) return (behaviour.onToken ?? ((one) => one.letIn()))(talk);
    if (type === 7) return void listening.get(name)?.delete(socket);
    if (type !== 0) return;
    if (decoding.readVarUint(decoder) === 0) {
      listening.set(name, (listening.get(name) ?? new Set()).add(socket));
      if (behaviour.onAsked !== undefined) return behaviour.onAsked(talk);
      talk.tellAll();
      talk.ask();
      return;
    }
    const update = decoding.readVarUint8Array(decoder);
    Y.applyUpdate(talk.doc, update);
    for (const other of listening.get(name) ?? []) other.send(syncFrame(name, 2, update));
    if (behaviour.confirms !== false) talk.confirm();
    behaviour.onUpdate?.(talk, update);
  };

  server.on("connection", (socket) => {
    heard.connections += 1;
    socket.on("error", () => {});
    behaviour.onConnect?.(talkOn(socket, ""));
    socket.on("message", (data: Buffer) => take(socket, new Uint8Array(data)));
    socket.on("close", () => {
      for (const some of listening.values()) some.delete(socket);
    });
  });

  const breakAll = (): void => {
    for (const socket of server.clients) socket.terminate();
  };
  const address = server.address();
  return {
    address: `ws://127.0.0.1:${typeof address === "object" ? (address?.port ?? 0) : 0}`,
    heard,
    kinds,
    forgetHeard: () => Object.assign(heard, { connections: 0, messages: 0, bytes: 0, largest: 0 }),
    docs,
    connected: () => server.clients.size,
    entriesOf: (name) => [...(docs.get(name)?.getMap(airlockMap).keys() ?? [])],
    be: (next) => {
      behaviour = next;
      breakAll();
    },
    stop: () =>
      new Promise((resolve) => {
        breakAll();
        server.close(() => resolve());
      }),
  };
};

const frame = (name: string, write: (encoder: encoding.Encoder) => void): Uint8Array => {
  const encoder = encoding.createEncoder();
  encoding.writeVarString(encoder, name);
  write(encoder);
  return encoding.toUint8Array(encoder);
};

export const syncFrame = (name: string, kind: number, body: Uint8Array): Uint8Array =>
  frame(name, (encoder) => {
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint(encoder, kind);
    encoding.writeVarUint8Array(encoder, body);
  });

export const authFrame = (name: string, answer: number, text: string): Uint8Array =>
  frame(name, (encoder) => {
    encoding.writeVarUint(encoder, 2);
    encoding.writeVarUint(encoder, answer);
    encoding.writeVarString(encoder, text);
  });

const storedFrame = (name: string): Uint8Array =>
  frame(name, (encoder) => {
    encoding.writeVarUint(encoder, 8);
    encoding.writeVarInt(encoder, 1);
  });
