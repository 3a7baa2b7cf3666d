import * as v from "valibot";

/** What a meeting point may say: the protocol of y-webrtc's signalling. */
const frameShape = v.variant("type", [
  v.object({ type: v.literal("publish"), topic: v.string(), data: v.string() }),
  v.object({ type: v.literal("pong") }),
]);
export type RendezvousFrame = v.InferOutput<typeof frameShape>;

const longest = 128 * 1024;

/** Undefined for whatever is not of the protocol; never throws. */
export const readRendezvousFrame = (data: unknown): RendezvousFrame | undefined => {
  if (typeof data !== "string" || data.length > longest) return undefined;
  try {
    const read = v.safeParse(frameShape, JSON.parse(data));
    return read.success ? read.output : undefined;
  } catch {
    return undefined;
  }
};
