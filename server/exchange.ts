import type { Bus, Listening } from "./bus.ts";
import type { Limits } from "./limits.ts";
import { parseData } from "./parseFrame.ts";

/**
 * Topics across processes: what is said here in a topic is passed on to the others, and what is said there is
 * delivered here, never passed on again.
 */
export type Exchange = {
  /** Somebody here listens to the topic, or nobody any more. */
  readonly opened: (topic: string) => void;
  readonly closed: (topic: string) => void;
  readonly pass: (topic: string, data: unknown) => void;
};

export type ExchangeParts = {
  readonly bus: Bus;
  readonly limits: Pick<Limits, "messageBytes" | "jsonDepth">;
  readonly deliver: (topic: string, data: unknown) => void;
};

type Open = { readonly listening: Listening; readonly early: Buffer[] };

/** Of one topic, what is kept until the others can hear it: the newest. */
const earlyFrames = 4;
/** Of all topics together. */
const earlyBytes = 16_777_216;

/**
 * Two who arrive at two processes at the same moment say that they are there once each. So nothing is passed on before
 * this process hears the topic itself: whoever comes second is heard then. The same after a gap.
 */
export const createExchange = ({ bus, limits, deliver }: ExchangeParts): Exchange => {
  const topics = new Map<string, Open>();
  let kept = 0;

  const channelOf = (topic: string) => `topic ${topic}`;

  const takeEarliest = (early: Buffer[]) => {
    kept -= early.shift()?.length ?? 0;
  };

  const keep = (early: Buffer[], body: Buffer) => {
    if (early.length >= earlyFrames) takeEarliest(early);
    if (kept + body.length > earlyBytes) return;
    early.push(body);
    kept += body.length;
  };

  const catchUp = (topic: string) => {
    const early = topics.get(topic)?.early ?? [];
    for (const body of [...early]) {
      if (!bus.publish(channelOf(topic), body)) return;
      takeEarliest(early);
    }
  };

  const hear = (topic: string, body: Buffer) => {
    const data = parseData(body.toString("utf8"), limits);
    if (data.ok) deliver(topic, data.value);
  };

  return {
    opened: (topic) => {
      const listening = bus.listen(channelOf(topic), {
        most: limits.messageBytes + 64,
        hear: (body) => hear(topic, body),
        onLive: () => catchUp(topic),
      });
      topics.set(topic, { listening, early: [] });
    },
    closed: (topic) => {
      const open = topics.get(topic);
      topics.delete(topic);
      open?.listening.stop();
      while (open !== undefined && open.early.length > 0) takeEarliest(open.early);
    },
    pass: (topic, data) => {
      const open = topics.get(topic);
      if (open === undefined) return;
      const body = Buffer.from(JSON.stringify(data));
      const isHeard = open.listening.isLive() && bus.isUp();
      if (!isHeard || !bus.publish(channelOf(topic), body)) keep(open.early, body);
    },
  };
};
