import type { WebSocket } from "ws";
import type { Clock } from "../shared/base/clock.ts";
import type { Visitor } from "./door.ts";
import type { Limits } from "./limits.ts";
import { openLine, type Ending } from "./line.ts";
import { createMeter } from "./meter.ts";
import { parseFrame, type Frame } from "./parseFrame.ts";
import type { Seat } from "./seat.ts";
import type { Topics } from "./topics.ts";

/** A seat from which two who look for each other can talk. */
export type Connection = Seat & {
  readonly deliver: (text: Uint8Array) => void;
};

export type ConnectionParts = {
  readonly socket: WebSocket;
  readonly visitor: Visitor;
  readonly topics: Topics<Connection>;
  readonly limits: Limits;
  readonly clock: Clock;
  /** To those at other processes. */
  readonly pass: (topic: string, data: unknown) => void;
  readonly onEnded: (ending: Ending) => void;
};

const goingAway = 1001;
const notText = 1003;
const policy = 1008;
const tooBig = 1009;
const tryLater = 1013;

const pong = Buffer.from(JSON.stringify({ type: "pong" }));

/** @param clients how many hear it at this process */
export const writePublish = (topic: string, data: unknown, clients: number): Buffer =>
  Buffer.from(JSON.stringify({ type: "publish", topic, data, clients }));

export const openConnection = (parts: ConnectionParts): Connection => {
  const { socket, visitor, topics, limits, clock, pass, onEnded } = parts;
  const meter = createMeter(limits.perConnection, clock);
  const line = openLine({
    socket,
    limits,
    clock,
    onEnding: () => topics.leave(connection),
    onEnded,
  });
  const connection: Connection = {
    deliver: (text) => line.send(text),
    beat: line.beat,
    goAway: () => line.close(goingAway, "left"),
    cut: () => line.drop("left"),
  };

  /** False when there is nothing left to answer to. */
  const pay = (bytes: number): boolean => {
    if (!line.isOpen()) return false;
    line.heard("pulse");
    const paid = meter.take(bytes) && visitor.take(bytes);
    if (!paid) line.close(policy, "too fast");
    return paid;
  };

  const publish = (topic: string, data: unknown) => {
    const receivers = topics.heardBy(topic, connection);
    if (receivers.length === 0) return;
    const text = writePublish(topic, data, receivers.length);
    // Written out again, numbers can be longer than they came (1e20).
    if (text.length > limits.messageBytes + 64) return line.close(tooBig, "too much");
    for (const receiver of receivers) receiver.deliver(text);
    pass(topic, data);
  };

  const obey = (frame: Frame): void => {
    switch (frame.type) {
      case "subscribe":
        if (frame.topics.every((topic) => topics.subscribe(topic, connection))) return;
        return line.close(tryLater, "too much");
      case "unsubscribe":
        for (const topic of frame.topics) topics.unsubscribe(topic, connection);
        return;
      case "publish":
        return publish(frame.topic, frame.data);
      case "ping":
        return line.send(pong);
    }
  };

  socket.on("message", (data, isBinary) => {
    const bytes = Buffer.isBuffer(data) ? data : Buffer.alloc(0);
    if (!pay(bytes.length)) return;
    if (isBinary) return line.close(notText, "not our protocol");
    const frame = parseFrame(bytes.toString("utf8"), limits);
    if (!frame.ok) return line.close(policy, "not our protocol");
    line.heard("word");
    obey(frame.value);
  });
  socket.on("ping", (data: Buffer) => pay(data.length));
  socket.on("pong", (data: Buffer) => pay(data.length));
  return connection;
};
