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
  readonly rooms: Rooms;
  readonly saving: Saving;
  readonly find: (name: string) => Doc | undefined;
};

/** What Yjs's walk over an entry of the document, and the taking in of a new one, count as in bytes of traffic. */
const walkBytes = 64;
const stepBytes = 512;

/** Whether a message may go on to Yjs; right before it does, since that depends on what the document holds. */
export const createJudge = ({ limits, rooms, saving, find }: JudgeParts) => {
  /** Documents that may have become lighter since they were weighed. */
  const lighter = new WeakSet<Doc>();

  const judgeChange = (box: BoxName, doc: Doc, body: Uint8Array, onStep: () => void): Verdict => {
    const judged = judgeUpdate(body, knownOf(doc), limits, onStep);
    if (!judged.ok) return "not ours";
    const take = (): Verdict => {
      if (judged.value.deletes) lighter.add(doc);
      return "take";
    };
    // Deleting makes room, so it is never refused.
    if (judged.value.structs === 0) return take();
    if (saving.isStuck()) return "full";
    let added = rooms.add(box, judged.value);
    if (!added.ok && added.code === "full" && lighter.delete(doc)) {
      rooms.weighed(box, weighDocument(doc));
      added = rooms.add(box, judged.value);
    }
    if (added.ok) return take();
    return added.code === "full" ? "full" : "not ours";
  };

  const judgeVector = (box: BoxName, body: Uint8Array): Verdict => {
    if (body.length > limits.vectorBytes || !isVector(body)) return "not ours";
    return rooms.mayRead(box) ? "take" : "too fast";
  };

  return ({ kind, name, body }: SyncMessage): Judgement => {
    const box = parseBoxName(name);
    const doc = find(name);
    if (box === undefined || doc === undefined) return { verdict: "not ours", work: 0 };
    let work = rooms.structs(box) * walkBytes;
    const onStep = () => {
      work += stepBytes;
    };
    const verdict =
      kind === "update" ? judgeChange(box, doc, body, onStep) : judgeVector(box, body);
    return { verdict, work };
  };
};
