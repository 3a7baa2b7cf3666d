import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import * as Y from "yjs";
import type { Cancel, Clock } from "../../../shared/base/clock.ts";
import { readCountedUpdate } from "../../../shared/carry/countedUpdate.ts";
import { guardSocket, type SocketClass } from "./guardedSocket.ts";
import { emptyUpdateFor, readMailboxFrame, type MailboxFrame } from "./mailboxFrames.ts";
import { mailboxSizes, mailboxTimes } from "./times.ts";

export type LineParts = {
  /** ws: or wss:, with its path. */
  readonly url: string;
  readonly token: string;
  readonly clock: Clock;
  readonly WebSocket: SocketClass;
  /** Once, unless closed before. `flooded`: more came than two people have to say. */
  readonly onEnd: (why: "lost" | "flooded") => void;
};

/** One WebSocket to a mailbox; the boxes on it are documents of a stock provider. Nothing is ever dialled again. */
export type Line = {
  readonly open: (name: string, doc: Y.Doc, events: BoxEvents) => OpenBox;
  /** Another hour of listening begins: what was heard so far no longer counts. */
  readonly forgetHeard: () => void;
  readonly close: () => void;
};

export type BoxEvents = {
  /** The mailbox has said all that lies there; once. */
  readonly onSynced: () => void;
  /** The mailbox has taken another of my messages. */
  readonly onStored: () => void;
  /** It does not let me in, or closes this box; `reason` in its own words. */
  readonly onRefused: (reason: string) => void;
  /** Bytes that this document cannot take. */
  readonly onSpoiled: () => void;
};

export type OpenBox = {
  /** Messages of mine that it has not confirmed. */
  readonly underWay: () => number;
  readonly close: () => void;
};

type Box = {
  readonly doc: Y.Doc;
  readonly events: BoxEvents;
  readonly provider: HocuspocusProvider;
  synced: boolean;
  underWay: number;
};

/** Milliseconds. */
const pongsApart = 1_000;

export const openLine = (parts: LineParts): Line => {
  const { clock, token } = parts;
  const boxes = new Map<string, Box>();
  let heardAt = clock.now();
  let pongAt = Number.NEGATIVE_INFINITY;
  let heardBytes = 0;
  let cancelBeat: Cancel = () => {};
  let cancelRefusal: Cancel = () => {};
  let closed = false;

  const socket = guardSocket({
    WebSocket: parts.WebSocket,
    onMessage: (bytes) => hear(bytes),
    onEnd: (why) => end(why),
  });
  const provider = new HocuspocusProviderWebsocket({
    url: parts.url,
    preserveTrailingSlash: true,
    WebSocketPolyfill: socket.WebSocketPolyfill,
    autoConnect: false,
    maxAttempts: 1,
  });
  // It would look whether anything was heard, by the computer's clock; `beat` does it by ours.
  clearInterval(provider.intervals.connectionChecker);
  provider.on("maxAttemptsFailed", () => end("lost"));

  const close = (): void => {
    if (closed) return;
    closed = true;
    cancelBeat();
    cancelRefusal();
    socket.close();
    for (const name of boxes.keys()) shut(name);
    provider.destroy();
  };
  const end = (why: "lost" | "flooded"): void => {
    if (closed) return;
    close();
    parts.onEnd(why);
  };

  const shut = (name: string): void => {
    const box = boxes.get(name);
    boxes.delete(name);
    box?.provider.destroy();
  };

  const beat = (): void => {
    const setAt = clock.now();
    cancelBeat = clock.after(mailboxTimes.keepAlive, () => {
      // A timer that comes much too late means that the computer slept: silence meanwhile says nothing.
      if (clock.now() - setAt > 2 * mailboxTimes.keepAlive) heardAt = clock.now();
      if (clock.now() - heardAt >= mailboxTimes.silence) return end("lost");
      const [name] = [...boxes].find(([, { synced }]) => synced) ?? [];
      if (name !== undefined) {
        count(name);
        provider.send(emptyUpdateFor(name));
      }
      beat();
    });
  };
  const count = (name: string): void => {
    const box = boxes.get(name);
    if (box !== undefined) box.underWay += 1;
  };

  /** Only the answer to the token is the provider's; the rest is dealt with here, where nothing throws. */
  const hear = (bytes: Uint8Array): boolean => {
    heardBytes += bytes.length;
    if (heardBytes > mailboxSizes.heardInAll) {
      end("flooded");
      return false;
    }
    const frame = readMailboxFrame(bytes);
    if (frame === undefined) {
      end("lost");
      return false;
    }
    heardAt = clock.now();
    if (frame.type === "ping") return mayPong();
    const box = frame.type === "other" ? undefined : boxes.get(frame.name);
    return box !== undefined && take(box, frame);
  };

  const mayPong = (): boolean => {
    if (clock.now() - pongAt < pongsApart) return false;
    pongAt = clock.now();
    return true;
  };

  const take = (box: Box, frame: MailboxFrame): boolean => {
    if (frame.type === "auth") return !frame.letsIn || !box.provider.isAuthenticated;
    if (frame.type === "closed") box.events.onRefused(frame.reason);
    if (frame.type === "stored") takeReceipt(box, frame.taken);
    if (frame.type === "state") takeState(box, frame.body, frame.whole);
    return false;
  };
  const takeReceipt = (box: Box, taken: boolean): void => {
    if (!taken) return refuseLater(box);
    box.underWay = Math.max(0, box.underWay - 1);
    box.events.onStored();
  };
  /** Not taken: a mailbox that is full says so right after; one that only lets read says no more. */
  const refuseLater = (box: Box): void => {
    cancelRefusal();
    cancelRefusal = clock.after(mailboxTimes.reason, () => box.events.onRefused("not yours"));
  };
  const takeState = (box: Box, body: Uint8Array, whole: boolean): void => {
    if (!applies(box, body)) return box.events.onSpoiled();
    if (!whole || box.synced) return;
    box.synced = true;
    box.events.onSynced();
  };

  void provider.connect();
  beat();

  return {
    open: (name, doc, events) => {
      if (closed || boxes.has(name)) throw new Error("a box is opened once on an open line");
      const own = new HocuspocusProvider({
        websocketProvider: provider,
        name,
        document: doc,
        token,
        // Awareness would tell when this computer is on.
        awareness: null,
      });
      const box: Box = { doc, events, provider: own, synced: false, underWay: 0 };
      boxes.set(name, box);
      own.on("authenticationFailed", ({ reason }: { readonly reason: string }) => {
        if (boxes.get(name) === box) events.onRefused(reason);
      });
      doc.on("update", (_: Uint8Array, origin: unknown) => {
        if (origin !== own && boxes.get(name) === box) box.underWay += 1;
      });
      own.attach();
      return {
        underWay: () => box.underWay,
        close: () => {
          if (boxes.get(name) === box) shut(name);
        },
      };
    },
    forgetHeard: () => {
      heardBytes = 0;
    },
    close,
  };
};

/**
 * Yjs tells of a throw on the console and takes a new client id, also aloud, where another writes under its own: what
 * would do either is refused here.
 */
const applies = ({ doc, provider }: Box, body: Uint8Array): boolean => {
  const update = readCountedUpdate(body);
  const known = Y.getState(doc.store, doc.clientID);
  const isMeant = ({ id, length }: Y.Item | Y.GC | Y.Skip) =>
    id.client !== doc.clientID || id.clock + length <= known;
  if (update === undefined || !update.structs.every(isMeant)) return false;
  try {
    Y.applyUpdate(doc, body, provider);
    return true;
  } catch {
    return false;
  }
};
