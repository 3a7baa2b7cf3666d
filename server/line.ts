import { WebSocket } from "ws";
import type { Cancel, Clock } from "../shared/base/clock.ts";
import type { Limits } from "./limits.ts";

/** Why a connection ended; all that is ever logged about one. */
export type Ending =
  | "left"
  | "too fast"
  | "not our protocol"
  | "too much"
  | "gone"
  | "slow reader"
  | "silent";

/** One WebSocket with its deadlines. It ends once, by whichever side. */
export type Line = {
  readonly isOpen: () => boolean;
  /** Drops the other end if it reads too slowly. `sent`: it has left this process, or never will. */
  readonly send: (data: Uint8Array, sent?: () => void) => void;
  /** A sign of life; `word`: one that counts as taking part. */
  readonly heard: (sign: "pulse" | "word") => void;
  /** Drops it if it missed the last ping, closes it if it took no part for too long, else pings it. */
  readonly beat: () => void;
  /** Says goodbye with a WebSocket close code; what still arrives is read and thrown away. */
  readonly close: (code: number, why: Ending) => void;
  /** At once, without a word. */
  readonly drop: (why: Ending) => void;
};

export type LineParts = {
  readonly socket: WebSocket;
  readonly limits: Pick<Limits, "outgoingBytes" | "idleMs" | "closeMs">;
  readonly clock: Clock;
  /** Binary frames instead of text. */
  readonly binary?: boolean;
  /** A message to be sent in place of WebSocket's own pings; any answer is a sign of life. */
  readonly ping?: Uint8Array;
  /** Nothing is sent or obeyed any more. */
  readonly onEnding: () => void;
  /** The socket is gone. */
  readonly onEnded: (ending: Ending) => void;
};

const policy = 1008;

export const openLine = (parts: LineParts): Line => {
  const { socket, limits, clock, binary = false, onEnding, onEnded } = parts;
  let ending: Ending | undefined;
  let cancelDrop: Cancel = () => {};
  let pulse = true;
  let lastWordAt = clock.now();

  const end = (why: Ending): boolean => {
    if (ending !== undefined) return false;
    ending = why;
    cancelDrop = clock.after(limits.closeMs, () => socket.terminate());
    onEnding();
    return true;
  };
  const close = (code: number, why: Ending) => {
    if (end(why)) socket.close(code);
  };
  const drop = (why: Ending) => {
    end(why);
    socket.terminate();
  };
  const isOpen = () => ending === undefined && socket.readyState === WebSocket.OPEN;

  // ws has closed it with the fitting code (1002, 1007, 1009); only the waiting is ours.
  socket.on("error", () => end("not our protocol"));
  socket.on("close", () => {
    end("left");
    cancelDrop();
    onEnded(ending ?? "left");
  });

  return {
    isOpen,
    send: (data, sent = ignoreLateError) => {
      if (!isOpen()) return;
      if (socket.bufferedAmount + data.length > limits.outgoingBytes) drop("slow reader");
      else socket.send(data, { binary }, () => sent());
    },
    heard: (sign) => {
      pulse = true;
      if (sign === "word") lastWordAt = clock.now();
    },
    beat: () => {
      if (!isOpen()) return;
      if (!pulse) drop("gone");
      else if (clock.now() - lastWordAt >= limits.idleMs) close(policy, "silent");
      else {
        pulse = false;
        if (parts.ping === undefined) socket.ping(undefined, undefined, ignoreLateError);
        else socket.send(parts.ping, { binary: true }, ignoreLateError);
      }
    },
    close,
    drop,
  };
};

/** A send that meets a closing socket; its `close` event tells the rest. */
const ignoreLateError = () => {};
