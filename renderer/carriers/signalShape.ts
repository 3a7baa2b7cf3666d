import * as v from "valibot";

/** Ids of a connection attempt: made anew each time, random, say nothing about anyone. */
const peerId = v.pipe(v.string(), v.regex(/^[\w-]{16,64}$/));
const sdp = v.pipe(v.string(), v.maxLength(16_384));

const iceCandidateShape = v.object({
  candidate: v.pipe(v.string(), v.maxLength(1_024)),
  sdpMid: v.nullable(v.pipe(v.string(), v.maxLength(16))),
  sdpMLineIndex: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(16))),
});
export type IceCandidate = v.InferOutput<typeof iceCandidateShape>;

/** What y-webrtc tells its like, less what we never use (renegotiation, transceivers). */
export const roomSignalShape = v.variant("type", [
  v.object({ type: v.literal("announce"), from: peerId }),
  v.object({
    type: v.literal("signal"),
    from: peerId,
    to: peerId,
    token: v.pipe(v.number(), v.finite()),
    signal: v.variant("type", [
      v.object({ type: v.literal("offer"), sdp }),
      v.object({ type: v.literal("answer"), sdp }),
      v.object({ type: v.literal("candidate"), candidate: iceCandidateShape }),
    ]),
  }),
]);
export type RoomSignal = v.InferOutput<typeof roomSignalShape>;

/** What two who pair tell each other. */
export const pairingSignalShape = v.variant("type", [
  v.object({ type: v.literal("hello"), from: peerId }),
  v.object({ type: v.literal("offer"), from: peerId, to: peerId, sdp }),
  v.object({ type: v.literal("answer"), from: peerId, to: peerId, sdp }),
  v.object({
    type: v.literal("candidate"),
    from: peerId,
    to: peerId,
    candidate: iceCandidateShape,
  }),
]);
export type PairingSignal = v.InferOutput<typeof pairingSignalShape>;
