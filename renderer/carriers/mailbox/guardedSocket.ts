import { mailboxSizes } from "./times.ts";

export type SocketClass = typeof globalThis.WebSocket;

export type GuardedSocketParts = {
  readonly WebSocket: SocketClass;
  /** Each message, as it came. True: the provider may see it. */
  readonly onMessage: (bytes: Uint8Array) => boolean;
  /** Once. `lost`: closed, broken, or something that is no mailbox's. `flooded`: a message past every bound. */
  readonly onEnd: (why: "lost" | "flooded") => void;
};

export type GuardedSocket = {
  /** What the provider takes for a WebSocket class; it makes exactly one. */
  readonly WebSocketPolyfill: new (url: string) => object;
  /** From here on nothing is heard, told or sent. */
  readonly close: () => void;
};

type Listen = (event: unknown) => void;

/**
 * Stands between the stock provider and its socket. The provider throws on bytes that it cannot read, writes to the
 * console and dials again by timers of its own: it sees only what `onMessage` lets through, and never an end.
 */
export const guardSocket = ({ WebSocket, onMessage, onEnd }: GuardedSocketParts): GuardedSocket => {
  const listeners = new Map<string, Set<Listen>>();
  let socket: WebSocket | undefined;
  let ended = false;

  const emit = (type: string, event: unknown): void => {
    for (const listen of listeners.get(type) ?? []) listen(event);
  };
  const close = (): void => {
    ended = true;
    listeners.clear();
    socket?.close();
  };
  const end = (why: "lost" | "flooded"): void => {
    if (ended) return;
    close();
    onEnd(why);
  };
  const lose = (): void => end("lost");
  const hear = (data: unknown): void => {
    if (ended) return;
    if (!(data instanceof ArrayBuffer)) return lose();
    if (data.byteLength > mailboxSizes.heard) return end("flooded");
    try {
      if (onMessage(new Uint8Array(data))) emit("message", { data });
    } catch {
      lose();
    }
  };

  function Guarded(url: string): object {
    if (socket !== undefined || ended) throw new Error("a line has one socket");
    const opened = new WebSocket(url);
    socket = opened;
    opened.binaryType = "arraybuffer";
    opened.addEventListener("open", (event) => {
      if (!ended) emit("open", event);
    });
    opened.addEventListener("message", ({ data }: MessageEvent<unknown>) => hear(data));
    opened.addEventListener("close", lose);
    opened.addEventListener("error", lose);
    return {
      get readyState() {
        return opened.readyState;
      },
      addEventListener: (type: string, listen: Listen) => {
        listeners.set(type, (listeners.get(type) ?? new Set()).add(listen));
      },
      removeEventListener: (type: string, listen: Listen) => {
        listeners.get(type)?.delete(listen);
      },
      send: (bytes: Uint8Array<ArrayBuffer>) => {
        if (bytes.length > mailboxSizes.sent) throw new Error("a message that servers close on");
        if (!ended) opened.send(bytes);
      },
      close: () => {},
    };
  }

  return { WebSocketPolyfill: Guarded as unknown as GuardedSocket["WebSocketPolyfill"], close };
};
