import { createSocket, type Socket } from "node:dgram";
import type { Random } from "../../shared/base/random.ts";

/**
 * A line to a relay that loses packets, delays them, and so brings them out of order: what `tc netem` does, where the
 * kernel has it. It needs no rights, since a browser sends all its packets to its relay.
 */
export type BadLine = {
  readonly port: number;
  readonly lost: () => number;
  /** Packets that came out before one that had gone in earlier. */
  readonly overtook: () => number;
  readonly close: () => void;
};

export type BadLineParts = {
  /** The relay's, on this computer. */
  readonly to: number;
  /** Of a hundred. */
  readonly loss: number;
  /** ms, one way: at least, and how much more at most. */
  readonly delay: number;
  readonly jitter: number;
  readonly random: Random;
};

export const openBadLine = async (parts: BadLineParts): Promise<BadLine> => {
  const front = createSocket("udp4");
  const behind = new Map<number, Socket>();
  const timers = new Set<NodeJS.Timeout>();
  let [lost, overtook, sent, out, closed] = [0, 0, 0, 0, false];

  const chance = () => (parts.random(1)[0] ?? 0) / 256;
  const carry = (send: () => void): void => {
    if (chance() * 100 < parts.loss) return void (lost += 1);
    sent += 1;
    const number = sent;
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        if (number < out) overtook += 1;
        out = Math.max(out, number);
        if (!closed) send();
      },
      parts.delay + chance() * parts.jitter,
    );
    timers.add(timer);
  };
  const socketOf = (port: number): Socket => {
    const known = behind.get(port);
    if (known !== undefined) return known;
    const socket = createSocket("udp4");
    behind.set(port, socket);
    socket.on("message", (packet) => carry(() => front.send(packet, port, "127.0.0.1")));
    return socket;
  };
  front.on("message", (packet, { port }) => {
    const socket = socketOf(port);
    carry(() => socket.send(packet, parts.to, "127.0.0.1"));
  });
  await new Promise<void>((bound) => front.bind(0, "127.0.0.1", bound));
  return {
    port: front.address().port,
    lost: () => lost,
    overtook: () => overtook,
    close: () => {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      for (const socket of [front, ...behind.values()]) socket.close();
    },
  };
};
