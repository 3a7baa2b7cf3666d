/** What passes under the carriers in this page, written down before anything of ours runs. */
export type Taps = {
  /** Each message that a real data channel received, as Latin-1. */
  readonly received: readonly string[];
  /** Whatever was posted to other tabs, as Latin-1. */
  readonly posted: readonly string[];
  /** The configurations of the real connections. */
  readonly connections: readonly RTCConfiguration[];
  /** Each way in that this computer found and could have told: "host", "srflx", "relay" … with its address. */
  readonly ways: readonly string[];
};

type Post = (this: BroadcastChannel, message: unknown) => void;

const latin1 = (bytes: ArrayBuffer | ArrayBufferView): string => {
  const view =
    bytes instanceof ArrayBuffer
      ? new Uint8Array(bytes)
      : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = "";
  for (const byte of view) text += String.fromCharCode(byte);
  return text;
};

export const tapWebRtc = (): Taps => {
  const taps = {
    received: [] as string[],
    posted: [] as string[],
    connections: [] as RTCConfiguration[],
    ways: [] as string[],
  };
  const Real = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Real {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      taps.connections.push(configuration ?? {});
      this.addEventListener("icecandidate", ({ candidate }) => {
        if (candidate?.type) taps.ways.push(`${candidate.type} ${candidate.address ?? ""}`);
      });
    }
    override createDataChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel {
      const channel = super.createDataChannel(label, options);
      channel.addEventListener("message", ({ data }) => {
        // Long ones are ciphertext in bulk; what a test looks for stands in short ones.
        if (data instanceof ArrayBuffer && data.byteLength < 10_000)
          taps.received.push(latin1(data));
      });
      return channel;
    }
  };
  const post = Reflect.get(BroadcastChannel.prototype, "postMessage") as Post;
  BroadcastChannel.prototype.postMessage = function (message: unknown) {
    taps.posted.push(
      message instanceof ArrayBuffer || ArrayBuffer.isView(message)
        ? latin1(message)
        : String(message),
    );
    post.call(this, message);
  };
  return taps;
};
