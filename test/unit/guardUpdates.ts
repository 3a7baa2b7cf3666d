import { utf8 } from "../../shared/base/bytes.ts";

/**
 * Writes Yjs updates (format 1) byte by byte, as a changed app could: nothing here asks whether Yjs would have
 * written it.
 */
export type UpdateWriter = {
  readonly text: (place: Place, letters?: string) => UpdateWriter;
  readonly plain: (place: Place, values: readonly Uint8Array[]) => UpdateWriter;
  readonly format: (place: Place, key: string) => UpdateWriter;
  readonly type: (place: Place, type: keyof typeof typeRefs, name?: string) => UpdateWriter;
  readonly subdocument: (place: Place) => UpdateWriter;
  readonly skip: (length: number) => UpdateWriter;
  readonly count: () => number;
  /** The update, with deletions `[clock, length]` of the same client. `claimed`: what the header says of structs. */
  readonly done: (
    deletions?: readonly (readonly [number, number])[],
    claimed?: number,
  ) => Uint8Array;
};

type Id = readonly [number, number];
export type Place = {
  readonly origin?: Id;
  readonly right?: Id;
  readonly root?: string;
  readonly parent?: Id;
  readonly under?: string;
};

export const typeRefs = {
  array: 0,
  map: 1,
  text: 2,
  element: 3,
  fragment: 4,
  hook: 5,
  xmlText: 6,
} as const;
const refs = { skip: 10, text: 4, plain: 8, format: 6, type: 7, subdocument: 9 } as const;

export const varint = (value: number): readonly number[] => {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
};

const words = (letters: string): readonly number[] => {
  const bytes = utf8(letters);
  return [...varint(bytes.length), ...bytes];
};

/** lib0's encoding of any value, for some. */
export const anyNumber = (value: number): Uint8Array => Uint8Array.from([125, ...signed(value)]);
export const anyNested = (depth: number): Uint8Array =>
  Uint8Array.from([...Array.from({ length: depth }, () => [117, 1]).flat(), 126]);

const signed = (value: number): readonly number[] =>
  value < 64 ? [value] : [(value % 64) | 128, ...varint(Math.floor(value / 64))];

export const writeUpdate = (client: number, clock = 0): UpdateWriter => {
  const body: number[] = [];
  let structs = 0;
  const push = (bytes: Iterable<number>): void => {
    for (const byte of bytes) body.push(byte);
  };
  const begin = (ref: number, { origin, right, root, parent, under }: Place): void => {
    structs += 1;
    const marks = (origin ? 128 : 0) | (right ? 64 : 0) | (under === undefined ? 0 : 32);
    body.push(ref | marks);
    for (const id of [origin, right])
      if (id !== undefined) push([...varint(id[0]), ...varint(id[1])]);
    if (origin !== undefined || right !== undefined) return;
    if (root !== undefined) push([1, ...words(root)]);
    else if (parent !== undefined) push([0, ...varint(parent[0]), ...varint(parent[1])]);
    if (under !== undefined) push(words(under));
  };
  const writer: UpdateWriter = {
    text: (place, letters = "x") => {
      begin(refs.text, place);
      push(words(letters));
      return writer;
    },
    plain: (place, values) => {
      begin(refs.plain, place);
      push(varint(values.length));
      for (const value of values) push(value);
      return writer;
    },
    format: (place, key) => {
      begin(refs.format, place);
      push([...words(key), ...words("1")]);
      return writer;
    },
    type: (place, type, name = "p") => {
      begin(refs.type, place);
      push(varint(typeRefs[type]));
      if (type === "element" || type === "hook") push(words(name));
      return writer;
    },
    subdocument: (place) => {
      begin(refs.subdocument, place);
      push([...words("a-guid"), 118, 0]);
      return writer;
    },
    skip: (length) => {
      structs += 1;
      push([refs.skip, ...varint(length)]);
      return writer;
    },
    count: () => structs,
    done: (deletions = [], claimed = structs) => {
      const head = [1, ...varint(claimed), ...varint(client), ...varint(clock)];
      const tail =
        deletions.length === 0
          ? [0]
          : [
              1,
              ...varint(client),
              ...varint(deletions.length),
              ...deletions.flatMap(([at, length]) => [...varint(at), ...varint(length)]),
            ];
      const update = new Uint8Array(head.length + body.length + tail.length);
      update.set(head, 0);
      update.set(body, head.length);
      update.set(tail, head.length + body.length);
      return update;
    },
  };
  return writer;
};
