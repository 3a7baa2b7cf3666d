/** What we rely on of y-webrtc 10.3; its own types are out of reach of its "exports". */
declare module "y-webrtc" {
  import type { Doc } from "yjs";
  import type { Awareness } from "y-protocols/awareness";

  export type SignallingConnection = {
    ws: WebSocket | null;
    send: (message: unknown) => void;
    on: (name: "connect" | "disconnect", run: () => void) => void;
    off: (name: "connect" | "disconnect", run: () => void) => void;
    readonly connected: boolean;
    readonly shouldConnect: boolean;
  };

  export type Room = {
    readonly name: string;
    readonly webrtcConns: ReadonlyMap<string, unknown>;
    bcconnected: boolean;
    readonly _bcSubscriber: (data: ArrayBuffer) => unknown;
    readonly _docUpdateHandler: (update: Uint8Array, origin: unknown) => void;
  };

  export type ProviderOptions = {
    readonly signaling: readonly string[];
    readonly password: null;
    readonly awareness: Awareness;
    readonly maxConns: number;
    readonly filterBcConns: boolean;
    readonly peerOpts: {
      readonly wrtc: unknown;
      readonly config: RTCConfiguration;
    };
  };

  export class WebrtcProvider {
    constructor(roomName: string, doc: Doc, options: ProviderOptions);
    readonly room: Room | null;
    readonly key: PromiseLike<unknown>;
    readonly signalingConns: readonly SignallingConnection[];
    on(name: "status", run: () => void): void;
    disconnect(): void;
    destroy(): void;
  }
}
