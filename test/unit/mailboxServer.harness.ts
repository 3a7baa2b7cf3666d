import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import { onTestFinished } from "vitest";
import { WebSocket } from "ws";
import * as Y from "yjs";
import type { Bus } from "../../server/bus.ts";
import type { Limits } from "../../server/limits.ts";
import type { Disk } from "../../server/mailbox/disk.ts";
import type { MailboxLimits } from "../../server/mailbox/limits.ts";
import { openMailbox } from "../../server/mailbox/mailbox.ts";
import { startRendezvous, type RendezvousParts } from "../../server/rendezvous.ts";
import { createManualClock, type ManualClock } from "../support/manualClock.ts";
import { messages, type Couple } from "./mailboxServer.wire.ts";

export const makeFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "twofold-mailbox-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

export type MailboxOptions = {
  readonly folder?: string;
  readonly mailbox?: Partial<MailboxLimits>;
  readonly limits?: Partial<Limits>;
  readonly disk?: Disk;
  /** Another process, that is: another mailbox on the same folder. */
  readonly bus?: Bus;
  readonly clock?: ManualClock;
  readonly house?: Partial<RendezvousParts>;
};

/** Meeting point and mailbox on a free port of 127.0.0.1 that end with the test. */
export const runMailbox = async (options: MailboxOptions = {}) => {
  const folder = options.folder ?? (await makeFolder());
  const clock = options.clock ?? createManualClock(Date.UTC(2026, 5, 1));
  const log: string[] = [];
  const say = (line: string) => log.push(line);
  const mailbox = await openMailbox({
    folder,
    clock,
    log: say,
    limits: { saveMs: 5, saveMostMs: 20, ...options.mailbox },
    ...(options.disk === undefined ? {} : { disk: options.disk }),
    ...(options.bus === undefined ? {} : { bus: options.bus }),
  });
  if (!mailbox.ok) throw new Error(mailbox.code);
  const started = await startRendezvous({
    host: "127.0.0.1",
    port: 0,
    clock,
    log: say,
    mailbox: mailbox.value,
    ...(options.bus === undefined ? {} : { bus: options.bus }),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    ...options.house,
  });
  if (!started.ok) throw new Error(started.code);
  onTestFinished(started.value.stop);
  const address = started.value.addresses[0] ?? "";
  const metrics = async (headers: Record<string, string> = {}) =>
    fetch(`${address.replace("ws:", "http:")}/metrics`, { headers });
  return {
    ...started.value,
    mailbox: mailbox.value,
    folder,
    clock,
    log,
    address: `${address}/mailbox`,
    port: Number(new URL(address).port),
    metrics,
    /** Every file in the folder, as paths from there. */
    files: () => filesIn(folder),
  };
};

export const filesIn = async (folder: string): Promise<readonly string[]> => {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
};

export const readIn = (folder: string, path: string): Promise<Buffer> =>
  readFile(join(folder, path));

export const inventKey = (index: number): string =>
  createHash("sha256").update(`key ${index}`).digest().subarray(0, 16).toString("base64url");

export const inventEnvelope = (size = 592, fill = 7): Uint8Array => new Uint8Array(size).fill(fill);

/** One partner's computer with the client library as it comes. */
export type Partner = {
  readonly doc: Y.Doc;
  readonly envelopes: Y.Map<Uint8Array>;
  readonly provider: HocuspocusProvider;
  readonly synced: Promise<void>;
  /** The next reason for which it is refused something. */
  readonly refused: Promise<string>;
  /** Resolves when the server has taken everything. */
  readonly taken: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export const openPartner = (address: string, name: string, token: string): Partner => {
  const socket = new HocuspocusProviderWebsocket({
    url: address,
    WebSocketPolyfill: WebSocket,
    maxAttempts: 1,
  });
  const doc = new Y.Doc();
  const provider = new HocuspocusProvider({
    websocketProvider: socket,
    name,
    token,
    document: doc,
    awareness: null,
  });
  const synced = new Promise<void>((resolve) => provider.on("synced", () => resolve()));
  const refused = new Promise<string>((resolve) =>
    provider.on("authenticationFailed", ({ reason }: { reason: string }) => resolve(reason)),
  );
  provider.attach();
  const taken = (): Promise<void> =>
    new Promise((resolve) => {
      const look = () => {
        if (!provider.hasUnsyncedChanges) resolve();
      };
      provider.on("unsyncedChanges", look);
      look();
    });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= new Promise<void>((resolve) => {
      const webSocket: unknown = socket.webSocket;
      if (webSocket instanceof WebSocket && webSocket.readyState !== WebSocket.CLOSED)
        webSocket.on("close", () => resolve());
      else resolve();
      provider.destroy();
      socket.destroy();
    });
    return closing;
  };
  onTestFinished(close);
  return { doc, envelopes: doc.getMap("envelopes"), provider, synced, refused, taken, close };
};

export type Raw = {
  readonly socket: WebSocket;
  readonly say: (data: Uint8Array | string) => void;
  /** Everything heard so far, pings left out. */
  readonly heard: readonly Buffer[];
  /** Once this many messages were heard. */
  readonly hears: (count: number) => Promise<readonly Buffer[]>;
  readonly closed: Promise<number>;
};

/** A client that says whatever the test wants. */
export const openRaw = async (address: string, headers = {}): Promise<Raw> => {
  const socket = new WebSocket(address, { headers });
  const heard: Buffer[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  socket.on("message", (data: Buffer) => {
    if (data.length === 1 && data[0] === 9) return socket.send(Uint8Array.of(10));
    heard.push(data);
    for (const { count, resolve } of waiting) if (heard.length >= count) resolve();
  });
  socket.on("error", () => {});
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  onTestFinished(() => socket.terminate());
  await new Promise<void>((resolve, reject) => {
    socket.on("open", () => resolve());
    void closed.then((code) => reject(new Error(`not let in: ${code}`)));
  });
  return {
    socket,
    say: (data) => socket.send(data, () => {}),
    heard,
    hears: async (count) => {
      if (heard.length < count)
        await new Promise<void>((resolve) => waiting.push({ count, resolve }));
      return heard;
    },
    closed,
  };
};

/** A raw client that was let in to the document and has its state. */
export const enterRaw = async (
  address: string,
  couple: Couple,
  name = couple.box(),
): Promise<Raw> => {
  const raw = await openRaw(address);
  raw.say(messages.auth(name, couple.token));
  raw.say(messages.vector(name));
  await raw.hears(3);
  return raw;
};

/** What a message from the server says: its kind, and for a refusal the reason. */
export const readHeard = (data: Buffer): string => {
  const rest = data.subarray(1 + (data[0] ?? 0));
  const [type, sub, length] = rest;
  if (type === 2 && sub === 1) return `denied: ${rest.subarray(3, 3 + (length ?? 0)).toString()}`;
  if (type === 2) return "let in";
  if (type === 0) return ["vector", "state", "update"][sub ?? 9] ?? "?";
  if (type === 8) return sub === 1 ? "taken" : "not taken";
  return type === 7 ? "closed" : `type ${type}`;
};

/** An update that puts envelopes in, as a fresh document of one device makes it. */
export const putUpdate = (count: number, size = 592, from = 0): Uint8Array => {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (let index = 0; index < count; index++)
      doc.getMap("envelopes").set(inventKey(from + index), inventEnvelope(size));
  });
  return Y.encodeStateAsUpdate(doc);
};
