import type { Socket } from "node:net";
import type { WebSocketLike } from "@hocuspocus/server";
import type { WebSocket } from "ws";
import type { Cancel, Clock } from "../../shared/base/clock.ts";
import type { Visitor } from "../door.ts";
import { openLine, type Ending } from "../line.ts";
import { createPace } from "../pace.ts";
import type { Seat } from "../seat.ts";
import type { Buffers } from "./buffers.ts";
import type { MailboxLimits } from "./limits.ts";
import {
  deniedMessage,
  notTakenMessage,
  parseMessage,
  pingMessage,
  readAnswer,
  type Message,
} from "./message.ts";
import { parseBoxName } from "./names.ts";
import type { Refusal } from "./rooms.ts";

/** One connection to the mailbox, between the WebSocket and Hocuspocus: nothing unseen gets to either. */
export type Guest = {
  /** Undefined until it was let in to a document; then it stays with this couple. */
  readonly couple: () => string | undefined;
  readonly belongTo: (couple: string) => void;
  readonly isOpen: () => boolean;
  /** Hocuspocus has the document open for it. */
  readonly entered: (name: string) => void;
  /** Hocuspocus is done with the last message about the document. */
  readonly handled: (name: string) => void;
};

/** What the guest needs of the house it is in. */
export type GuestParts = {
  readonly socket: WebSocket;
  /** The same connection below, to count what arrives before it is a whole message. */
  readonly wire: Socket;
  readonly visitor: Visitor;
  readonly limits: MailboxLimits;
  readonly closeMs: number;
  readonly clock: Clock;
  readonly buffers: Buffers;
  readonly hire: (wire: WebSocketLike, guest: Guest) => Servant;
  readonly judge: (message: SyncMessage) => Judgement;
  readonly onDenied: (reason: Refusal) => void;
  readonly onGone: (name: string, guest: Guest) => void;
  readonly onEnded: (ending: Ending) => void;
};

export type Servant = {
  readonly handleMessage: (data: Uint8Array) => void;
  readonly handleClose: () => void;
};

export type SyncMessage = Extract<Message, { readonly kind: "vector" | "update" }>;

export type Verdict = "take" | "full" | "too fast" | "not ours";

/** `work`: what the message costs beside its bytes, in bytes. */
export type Judgement = { readonly verdict: Verdict; readonly work: number };

type Paper = {
  /** `asking` until let in, `busy` while Hocuspocus is at it, `leaving` until it has let go. */
  phase: "asking" | "in" | "busy" | "leaving";
  readonly waiting: { readonly data: Uint8Array; readonly message: Message }[];
};

const policy = 1008;
const notBinary = 1003;
const tooBig = 1009;
const tryLater = 1013;
const goingAway = 1001;

/** Of a client's ping or pong, bytes. */
const controlHead = 6;

export const openGuest = (parts: GuestParts): Seat => {
  const { socket, wire, visitor, limits, clock, buffers } = parts;
  const pace = createPace(limits.perConnection, clock);
  const papers = new Map<string, Paper>();
  const queue = buffers.queue(limits.messageBytes);
  const outgoing = buffers.outgoing();
  const arriving = buffers.arriving();
  let couple: string | undefined;
  let early = 0;
  let lonelySince: number | undefined = clock.now();
  let arrivingSince = 0;
  let cancelWait: Cancel | undefined;

  const line = openLine({
    socket,
    limits: {
      outgoingBytes: limits.outgoingBytes,
      idleMs: Number.POSITIVE_INFINITY,
      closeMs: parts.closeMs,
    },
    clock,
    binary: true,
    ping: pingMessage,
    onEnding: () => {
      cancelWait?.();
      queue.clear();
      arriving.clear();
      servant.handleClose();
      for (const name of papers.keys()) parts.onGone(name, guest);
      papers.clear();
    },
    onEnded: (ending) => {
      outgoing.clear();
      parts.onEnded(ending);
    },
  });

  const drop = (name: string) => {
    const paper = papers.get(name);
    if (paper === undefined) return;
    papers.delete(name);
    parts.onGone(name, guest);
    if (papers.size === 0) lonelySince = clock.now();
    for (const { data, message } of paper.waiting) {
      queue.take(data.length);
      receive(data, message);
    }
  };

  const send = (data: Uint8Array) => {
    if (!line.isOpen()) return;
    if (!outgoing.add(data.length)) return line.drop("slow reader");
    line.send(data, () => outgoing.take(data.length));
  };

  /** What Hocuspocus takes for the WebSocket. */
  const towardsThem: WebSocketLike = {
    get readyState() {
      return line.isOpen() ? socket.OPEN : socket.CLOSED;
    },
    send: (data) => {
      if (!(data instanceof Uint8Array)) return;
      send(data);
      const { name, kind } = readAnswer(data);
      if (kind !== "other") drop(name);
    },
    close: () => line.close(policy, "not our protocol"),
  };

  const guest: Guest = {
    couple: () => couple,
    belongTo: (theirs) => {
      couple = theirs;
    },
    isOpen: line.isOpen,
    entered: (name) => goOn(name),
    handled: (name) => {
      if (papers.get(name)?.phase === "busy") goOn(name);
    },
  };
  const servant = parts.hire(towardsThem, guest);

  /** The next of what waits about this document. */
  const goOn = (name: string) => {
    const paper = papers.get(name);
    if (paper === undefined || paper.phase === "leaving") return;
    paper.phase = "in";
    while (paper.phase === "in" && line.isOpen()) {
      const next = paper.waiting.shift();
      if (next === undefined) return;
      queue.take(next.data.length);
      obey(paper, next.data, next.message);
      setFlow();
    }
  };

  const obey = (paper: Paper, data: Uint8Array, message: Message) => {
    if (message.kind === "leave") {
      paper.phase = "leaving";
      return servant.handleMessage(data);
    }
    if (message.kind !== "vector" && message.kind !== "update") return;
    const { name } = message;
    const { verdict, work } = parts.judge(message);
    slowDown(work, 0);
    if (verdict === "not ours") return line.close(policy, "not our protocol");
    if (verdict === "too fast") return line.close(policy, "too fast");
    if (verdict === "full") {
      parts.onDenied("full");
      send(notTakenMessage(name));
      return send(deniedMessage(name, "full"));
    }
    paper.phase = "busy";
    servant.handleMessage(data);
  };

  const ask = (data: Uint8Array, name: string) => {
    if (parseBoxName(name) === undefined) return line.close(policy, "not our protocol");
    if (papers.size >= limits.documentsPerConnection) {
      parts.onDenied("busy");
      return send(deniedMessage(name, "busy"));
    }
    papers.set(name, { phase: "asking", waiting: [] });
    lonelySince = undefined;
    servant.handleMessage(data);
  };

  const receive = (data: Uint8Array, message: Message): void => {
    if (message.kind === "pong" || message.kind === "presence" || !line.isOpen()) return;
    const paper = papers.get(message.name);
    // Asked again while it is open says nothing new; after a refusal the rest of what was said is void.
    if (paper === undefined) return message.kind === "ask" ? ask(data, message.name) : undefined;
    if (paper.phase === "in") return obey(paper, data, message);
    if (message.kind === "ask" && paper.phase !== "leaving") return;
    paper.waiting.push({ data, message });
    queue.add(data.length);
  };

  /** Reads on only when what came has been dealt with and paid for. */
  const setFlow = () => {
    if (cancelWait === undefined && !queue.isFull()) socket.resume();
    else socket.pause();
  };

  const slowDown = (bytes: number, messages: 0 | 1 = 1) => {
    const ms = Math.max(pace.spend(bytes, messages), visitor.spend(bytes, messages));
    if (ms === 0 || cancelWait !== undefined) return;
    cancelWait = clock.after(ms, () => {
      cancelWait = undefined;
      if (line.isOpen()) setFlow();
    });
  };

  socket.on("message", (data, isBinary) => {
    arriving.clear();
    if (!line.isOpen()) return;
    line.heard("word");
    const bytes = Buffer.isBuffer(data) ? data : Buffer.alloc(0);
    if (!isBinary) return line.close(notBinary, "not our protocol");
    if (couple === undefined && bytes.length > limits.earlyBytes)
      return line.close(tooBig, "too much");
    const message = parseMessage(bytes);
    if (message === undefined) return line.close(policy, "not our protocol");
    slowDown(bytes.length);
    receive(bytes, message);
    if (line.isOpen()) setFlow();
  });
  const onControl = (data: Buffer) => {
    arriving.take(data.length + controlHead);
    line.heard("pulse");
    slowDown(data.length);
    if (line.isOpen()) setFlow();
  };
  socket.on("ping", onControl);
  socket.on("pong", onControl);
  // Before ws sees it, which then tells of the whole messages in it.
  wire.prependListener("data", (chunk: Buffer) => {
    if (!line.isOpen()) return;
    if (arriving.bytes() === 0) arrivingSince = clock.now();
    if (couple === undefined) early += chunk.length;
    if (early > 4 * limits.earlyBytes) line.drop("too much");
    else if (!arriving.add(chunk.length)) line.close(tryLater, "too much");
  });

  // Going and coming back pays no debt.
  slowDown(0, 0);
  setFlow();

  return {
    beat: () => {
      const now = clock.now();
      const isLonely = lonelySince !== undefined && now - lonelySince >= limits.letInMs;
      const isEndless = arriving.bytes() > 0 && now - arrivingSince >= limits.messageMs;
      if (isLonely) line.close(policy, "silent");
      else if (isEndless && !socket.isPaused) line.drop("gone");
      else {
        // Whom we do not listen to cannot be heard.
        if (socket.isPaused) line.heard("pulse");
        line.beat();
      }
    },
    goAway: () => line.close(goingAway, "left"),
    cut: () => line.drop("left"),
  };
};
