import type { Random } from "../base/random.ts";
import { readFacts, type PageFacts } from "./facts.ts";
import { pageMeta } from "./pageDoc.ts";
import type { OpenReplay } from "./lastPage.ts";
import type { PageRecord } from "./pageRecord.ts";
import { openReplay, type PageMessage, type PageRules, type Replay } from "./replayPage.ts";

export type { PageMessage } from "./replayPage.ts";

export type Digested = {
  /** Undefined: nothing admissible has been said; what is known of the page stays as it is. */
  readonly record: PageRecord | undefined;
  readonly facts: PageFacts | undefined;
  /** What a document that stands open has to hear of; after "withdrawn" there are no words to add. */
  readonly applied: readonly Uint8Array[];
  /** One of these messages took the words away. */
  readonly withdrawn: boolean;
  readonly refusals: readonly string[];
  /** The page as it is now, to go on with; whoever does not keep it closes it. */
  readonly open: OpenReplay | undefined;
};

/**
 * On a document of its own, so that nothing a partner sends can reach one that somebody writes in. Never throws:
 * what stood in the ledger is digested again at every rebuild, and a throw would keep the journal shut.
 *
 * @param replay of what is known, where it is open already
 */
export const applyApart = (
  known: PageRecord | undefined,
  messages: readonly PageMessage[],
  random: Random,
  rules: PageRules = "kept",
  replay = openReplay(known, random, rules),
): Digested => {
  try {
    return applyAll(replay, messages);
  } catch {
    return {
      record: undefined,
      facts: undefined,
      applied: [],
      withdrawn: false,
      refusals: ["UPDATE_MALFORMED"],
      open: undefined,
    };
  }
};

const applyAll = (replay: Replay, messages: readonly PageMessage[]): Digested => {
  let applied: Uint8Array[] = [];
  let withdrawn = false;
  const refusals: string[] = [];
  for (const message of messages) {
    const taken = replay.take(message);
    if (!taken.ok) refusals.push(taken.code);
    else if (taken.value === "words" || taken.value === "other") applied.push(message.body);
    else if (taken.value === "withdrawn") {
      withdrawn = true;
      applied = [];
    }
  }
  const record = replay.record();
  const page = messages[0]?.page;
  const facts =
    record === undefined || page === undefined || !isShown(replay, record)
      ? undefined
      : readFacts(page, replay.doc(), record);
  const open = record && { record, replay };
  if (open === undefined) replay.close();
  return { record, facts, applied, withdrawn, refusals, open };
};

/** A page of which only its withdrawal is known, and not what it was, makes nothing to show. */
const isShown = (replay: Replay, { gone, withdrawnAt }: PageRecord): boolean =>
  !gone && (withdrawnAt === undefined || pageMeta(replay.doc()).has("kind"));
