import { framesOf } from "./frames.ts";

/** How full the way out is. A wire without one takes everything at once. */
export type Pace = {
  readonly hasRoom: () => boolean;
  /** Calls `run` once, when there is room again. Only asked while there is none. */
  readonly whenRoom: (run: () => void) => void;
};

export type FrameQueue = {
  readonly add: (message: Uint8Array) => void;
  /** Bytes of messages not yet cut into frames and emitted. */
  readonly waiting: () => number;
  readonly clear: () => void;
};

export type FrameQueueParts = {
  readonly pace: Pace | undefined;
  readonly emit: (frame: Uint8Array) => void;
};

/** Messages go out in order and whole, one frame at a time, each frame made only when there is room for it. */
export const createFrameQueue = ({ pace, emit }: FrameQueueParts): FrameQueue => {
  let messages: Uint8Array[] = [];
  let next = 0;
  let current: Generator<Uint8Array, void, void> | undefined;
  let bytes = 0;
  let paused = false;
  let emitting = false;

  const nextFrame = (): Uint8Array | undefined => {
    for (;;) {
      const message = messages[next];
      if (message === undefined) {
        messages = [];
        next = 0;
        return undefined;
      }
      current ??= framesOf(message);
      const step = current.next();
      if (step.done !== true) return step.value;
      current = undefined;
      next += 1;
    }
  };

  const pump = () => {
    if (emitting || paused) return;
    emitting = true;
    try {
      while (pace?.hasRoom() !== false) {
        const frame = nextFrame();
        if (frame === undefined) return;
        bytes -= frame.length - 1;
        emit(frame);
      }
    } finally {
      emitting = false;
    }
    paused = true;
    pace?.whenRoom(() => {
      paused = false;
      pump();
    });
  };

  return {
    add: (message) => {
      messages.push(message);
      bytes += message.length;
      pump();
    },
    waiting: () => bytes,
    clear: () => {
      messages = [];
      next = 0;
      current = undefined;
      bytes = 0;
    },
  };
};
