import { createEncoder, length as lengthOf, toUint8Array } from "lib0/encoding";
import { writeUint8Array, writeVarUint, writeVarUint8Array, type Encoder } from "lib0/encoding";
import * as Y from "yjs";

/** Bytes. A part ends with the struct that reaches it. */
export const partBytes = 512 * 1024;

/** y-protocols/sync, in a message of y-webrtc's. */
const typeSync = 0;
const step2 = 1;
const update = 2;

/**
 * What a document holds beyond a state vector, as messages of y-webrtc's: updates, and at last the step 2 that the
 * other end asked for. Yjs and y-webrtc say it in one message: the whole document copied four times before its first
 * byte leaves, and all of it there before the other end takes in anything.
 */
export const stateParts = function* (
  { store }: Y.Doc,
  vector: ReadonlyMap<number, number>,
): Generator<Uint8Array, void, void> {
  let part = openPart();
  // Higher ones first, as Yjs does it: what builds on another writer's comes mostly after it.
  const writers = [...store.clients.keys()].toSorted((one, other) => other - one);
  for (const client of writers) {
    const structs = store.clients.get(client) ?? [];
    const from = vector.get(client) ?? 0;
    if (Y.getState(store, client) <= from) continue;
    part.begin(client, from);
    for (let index = Y.findIndexSS(structs, from); index < structs.length; index++) {
      const struct = structs[index];
      if (struct === undefined) break;
      if (part.isFull()) {
        yield messageOf(update, part.close(nothingDeleted));
        part = openPart();
        part.begin(client, struct.id.clock);
      }
      part.add(struct);
    }
  }
  yield messageOf(step2, part.close(Y.createDeleteSetFromStructStore(store).clients));
};

type Struct = Y.Item | Y.GC;
type Deleted = ReturnType<typeof Y.createDeleteSetFromStructStore>["clients"];
const nothingDeleted: Deleted = new Map();

/** An update in Yjs's first format. */
const openPart = () => {
  const runs: { client: number; from: number; count: number; body: Y.UpdateEncoderV1 }[] = [];
  const written = () => runs.reduce((sum, { body }) => sum + lengthOf(body.restEncoder), 0);
  return {
    isFull: () => written() >= partBytes,
    begin: (client: number, from: number) =>
      void runs.push({ client, from, count: 0, body: new Y.UpdateEncoderV1() }),
    add: (struct: Struct) => {
      const run = runs.at(-1);
      if (run === undefined) throw new Error("a struct before its writer");
      struct.write(run.body, run.count === 0 ? run.from - struct.id.clock : 0);
      run.count += 1;
    },
    close: (deleted: Deleted): Encoder => {
      const encoder = createEncoder();
      writeVarUint(encoder, runs.length);
      for (const { client, from, count, body } of runs) {
        for (const number of [count, client, from]) writeVarUint(encoder, number);
        writeUint8Array(encoder, body.toUint8Array());
      }
      writeVarUint(encoder, deleted.size);
      for (const [client, ranges] of deleted) {
        for (const number of [client, ranges.length]) writeVarUint(encoder, number);
        for (const { clock, len } of ranges)
          for (const number of [clock, len]) writeVarUint(encoder, number);
      }
      return encoder;
    },
  };
};

const messageOf = (kind: number, body: Encoder): Uint8Array => {
  const encoder = createEncoder();
  writeVarUint(encoder, typeSync);
  writeVarUint(encoder, kind);
  writeVarUint8Array(encoder, toUint8Array(body));
  return toUint8Array(encoder);
};
