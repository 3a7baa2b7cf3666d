import { WebSocket } from "ws";
import { toBase64Url, utf8 } from "../../shared/base/bytes.ts";
import { systemRandom } from "../../shared/base/random.ts";
import { hash } from "../../shared/crypto/hash.ts";
import { meetingKeysOf } from "../../shared/people/space.ts";
import { createSignalSeal } from "../../renderer/carriers/signalSeal.ts";
import { roomSignalShape, type RoomSignal } from "../../renderer/carriers/signalShape.ts";

export type HalfOpen = {
  /** How many connections it has begun. */
  readonly begun: () => number;
  readonly stop: () => void;
};

export type HalfOpenParts = {
  readonly address: string;
  readonly root: Uint8Array;
  /** The topic of somebody else's room: what is said is said there too. */
  readonly alsoIn: string;
};

/** Milliseconds. The meeting point hangs up on whoever is quicker. */
const pace = 110;

/** All of its names begin so: several of them do not take each other for whom they are after. */
const mark = "changed-";

/**
 * A partner's changed app: it has the keys of the room, is somebody new at every word, and makes nothing of what it
 * begins. Its offers are left half open. The other end's are answered with something that is no answer, so that the
 * other end begins again at once.
 */
export const startHalfOpen = async (parts: HalfOpenParts): Promise<HalfOpen> => {
  const { topic, signalPassword } = meetingKeysOf(parts.root);
  const seal = createSignalSeal<RoomSignal>({
    key: hash("TF/1 signal", utf8(signalPassword)),
    topic,
    shape: roomSignalShape,
    random: systemRandom,
  });
  const answers: RoomSignal[] = [];
  let other: string | undefined;
  let begun = 0;
  let turns = 0;
  const socket = new WebSocket(parts.address);
  socket.on("error", () => {});
  socket.on("message", (data: Buffer) => {
    const frame = JSON.parse(String(data)) as { readonly data?: unknown };
    const heard = seal.open(frame.data);
    if (!heard.ok || heard.value.from.startsWith(mark)) return;
    other = heard.value.from;
    if (heard.value.type !== "signal" || heard.value.signal.type !== "offer") return;
    const { from, to, token } = heard.value;
    answers.push({
      ...{ type: "signal", from: to, to: from, token },
      signal: { type: "answer", sdp: "no answer" },
    });
  });
  const nextWord = (): RoomSignal => {
    const from = mark + toBase64Url(systemRandom(16));
    turns += 1;
    if (other === undefined || turns % 3 === 0) return { type: "announce", from };
    const answer = turns % 3 === 1 ? answers.shift() : undefined;
    if (answer !== undefined) return answer;
    begun += 1;
    return {
      ...{ type: "signal", from, to: other, token: Number.MAX_SAFE_INTEGER },
      signal: { type: "offer", sdp: offerOfNobody },
    };
  };
  await new Promise((opened) => socket.once("open", opened));
  socket.send(JSON.stringify({ type: "subscribe", topics: [topic] }));
  const speaking = setInterval(() => {
    const data = seal.seal(nextWord());
    for (const room of [topic, parts.alsoIn])
      socket.send(JSON.stringify({ type: "publish", topic: room, data }));
  }, pace);
  return {
    begun: () => begun,
    stop: () => {
      clearInterval(speaking);
      socket.terminate();
    },
  };
};

/** Well-formed, and nobody is where it leads to. */
const offerOfNobody = [
  "v=0",
  "o=- 1 2 IN IP4 127.0.0.1",
  "s=-",
  "t=0 0",
  "a=group:BUNDLE 0",
  "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
  "c=IN IP4 0.0.0.0",
  "a=ice-ufrag:abcd",
  "a=ice-pwd:abcdefghijklmnopqrstuvwx",
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => "AB").join(":")}`,
  "a=setup:actpass",
  "a=mid:0",
  "a=sctp-port:5000",
  "",
].join("\r\n");
