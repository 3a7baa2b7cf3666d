import type { Cancel, Clock } from "../../shared/base/clock.ts";
import type { Random } from "../../shared/base/random.ts";
import { spread } from "../../shared/base/spread.ts";
import { readRendezvousFrame } from "./rendezvousFrames.ts";

/** Milliseconds. Meeting points hang up on those who say nothing for two minutes. */
const pingEvery = 25_000;
const redialFirst = 1_000;
const redialMost = 15_000;

export type RendezvousLine = {
  /** Lost where the line is down. */
  readonly publish: (data: string) => void;
  readonly isUp: () => boolean;
  readonly close: () => void;
};

export type RendezvousLineParts = {
  /** One of `dialable`. */
  readonly address: string;
  readonly topic: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly onData: (data: string) => void;
  /** The line came up or went down; not after `close`. */
  readonly onChange: () => void;
};

/** A topic at one meeting point: dials until closed, passes on what is published there, leaves everything else out. */
export const openRendezvousLine = (parts: RendezvousLineParts): RendezvousLine => {
  const { address, topic, clock, random, onData, onChange } = parts;
  let socket: WebSocket | undefined;
  let up = false;
  let closed = false;
  let redialMs = redialFirst;
  let cancelTimer: Cancel = () => {};

  const say = (frame: unknown) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
  };
  const ping = () => {
    say({ type: "ping" });
    cancelTimer = clock.after(pingEvery, ping);
  };
  const onOpen = () => {
    up = true;
    say({ type: "subscribe", topics: [topic] });
    cancelTimer();
    cancelTimer = clock.after(pingEvery, ping);
    onChange();
  };
  const onMessage = ({ data }: MessageEvent<unknown>) => {
    const frame = readRendezvousFrame(data);
    if (closed || frame?.type !== "publish" || frame.topic !== topic) return;
    redialMs = redialFirst;
    onData(frame.data);
  };
  const onDown = () => {
    if (closed) return;
    const was = up;
    up = false;
    cancelTimer();
    cancelTimer = clock.after(spread(random, redialMs, redialFirst), dial);
    redialMs = Math.min(redialMost, redialMs * 2);
    if (was) onChange();
  };
  const dial = () => {
    socket = new WebSocket(address);
    socket.addEventListener("open", onOpen);
    socket.addEventListener("message", onMessage);
    socket.addEventListener("close", onDown);
  };
  dial();

  return {
    publish: (data) => say({ type: "publish", topic, data }),
    isUp: () => up,
    close: () => {
      if (closed) return;
      closed = true;
      up = false;
      cancelTimer();
      socket?.close();
    },
  };
};
