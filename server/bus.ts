/**
 * What several processes behind one address tell each other (redis/redisBus.ts). Nothing waits for it: where it is
 * away, each process goes on with those who are connected to it. The app's own meeting point has none.
 */
export type Bus = {
  /** This process among all, 22 letters; another one at every start. */
  readonly self: string;
  /** One ear a channel. Own words are not heard. */
  readonly listen: (channel: string, ear: Ear) => Listening;
  /** False when it could not be passed on; true says nothing of who heard it. */
  readonly publish: (channel: string, body: Uint8Array) => boolean;
  /** How many processes listen, this one included; 0 when that cannot be said. */
  readonly listeners: (channel: string) => Promise<number>;
  /** False when somebody else has the lock. Where nobody can be asked, everybody has it. */
  readonly lock: (name: string, token: string, ms: number) => Promise<boolean>;
  readonly unlock: (name: string, token: string) => Promise<void>;
  readonly isUp: () => boolean;
  /** Every few seconds: looks whether the other end still answers. */
  readonly round: () => void;
  readonly stats: () => BusStats;
  readonly stop: () => Promise<void>;
};

export type Ear = {
  /** Bytes of a message; longer ones are not heard. */
  readonly most: number;
  /** Bounded and from somebody who knows the password; of its shape nothing is known. */
  readonly hear: (body: Buffer, from: string) => void;
  /** From now on everything is heard: after the beginning, and after every gap. */
  readonly onLive: () => void;
};

export type Listening = { readonly isLive: () => boolean; readonly stop: () => void };

export type BusStats = {
  readonly isUp: boolean;
  readonly channels: number;
  /** Since the start, by reason. */
  readonly dropped: ReadonlyMap<string, number>;
};
