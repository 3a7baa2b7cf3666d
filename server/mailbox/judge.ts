import type { Doc } from "yjs";
import type { Judgement, SyncMessage, Verdict } from "./guest.ts";
import { isVector, judgeUpdate } from "./judgeUpdate.ts";
import type { MailboxLimits } from "./limits.ts";
import { parseBoxName, type BoxName } from "./names.ts";
import type { Rooms } from "./rooms.ts";
import type { Saving } from "./saving.ts";
import { knownOf, weighDocument } from "./weigh.ts";

export type JudgeParts = {
  readonly limits: MailboxLimits;
  readonly rooms: Pick<Rooms, "add" | "mayRead" | "structs" | "weighed">;
  readonly saving: Pick<Saving, "isStuck">;
  readonly find: (name: string) => Doc | undefined;
};

/** Undefined where the message may go on to Yjs. */
export type NeighbourVerdict = "full" | "not ours" | undefined;

type Means = {
  /** False where the guest's address has had too much kept. */
  readonly store: (bytes: number) => boolean;
  readonly onStep: () => void;
};

/**
 * What an entry of the document costs whoever asks for all of it, and a new one that is taken in, as in bytes of
 * traffic. Taking in and taking out cost the same however much lies there.
 */
const walkBytes = 64;
const stepBytes = 512;

/** Whether a message may go on to Yjs; right before it does, since that depends on what the document holds. */
export const createJudge = ({ limits, rooms, saving, find }: JudgeParts) => {
  /** Documents that may have become lighter since they were weighed. */
  const lighter = new WeakSet<Doc>();

  const judgeChange = (
    box: BoxName,
    doc: Doc,
    body: Uint8Array,
    { store, onStep }: Means,
  ): Verdict => {
    const judged = judgeUpdate(body, knownOf(doc), limits, onStep);
    if (!judged.ok) return "not ours";
    const take = (): Verdict => {
      if (judged.value.deletes) lighter.add(doc);
      return "take";
    };
    // Deleting makes room, so it is never refused.
    if (judged.value.structs === 0) return take();
    if (saving.isStuck() || !store(0)) return "full";
    let added = rooms.add(box, judged.value);
    if (!added.ok && added.code === "full" && lighter.delete(doc)) {
      rooms.weighed(box, weighDocument(doc));
      added = rooms.add(box, judged.value);
    }
    if (!added.ok) return added.code === "full" ? "full" : "not ours";
    store(judged.value.bytes);
    return take();
  };

  const judgeVector = (box: BoxName, body: Uint8Array): Verdict => {
    if (body.length > limits.vectorBytes || !isVector(body)) return "not ours";
    return rooms.mayRead(box) ? "take" : "too fast";
  };

  /** What another process says was let in there by the same rules; whether it was, is looked at again. */
  const judgeNeighbour = (box: BoxName, doc: Doc, message: SyncMessage): NeighbourVerdict => {
    const { kind, body } = message;
    if (kind === "vector")
      return body.length <= limits.vectorBytes && isVector(body) ? undefined : "not ours";
    const judged = judgeUpdate(body, knownOf(doc), limits);
    if (!judged.ok) return "not ours";
    if (judged.value.deletes) lighter.add(doc);
    if (judged.value.structs === 0) return undefined;
    const added = rooms.add(box, judged.value, "neighbour");
    if (added.ok) return undefined;
    return added.code === "full" ? "full" : "not ours";
  };

  const judgeGuest = ({ kind, name, body }: SyncMessage, store: Means["store"]): Judgement => {
    const box = parseBoxName(name);
    const doc = find(name);
    if (box === undefined || doc === undefined) return { verdict: "not ours", work: 0 };
    let work = kind === "vector" ? rooms.structs(box) * walkBytes : 0;
    const onStep = () => {
      work += stepBytes;
    };
    const verdict =
      kind === "update" ? judgeChange(box, doc, body, { store, onStep }) : judgeVector(box, body);
    return { verdict, work };
  };

  return { judgeGuest, judgeNeighbour };
};
