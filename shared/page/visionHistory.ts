import type { Random } from "../base/random.ts";
import type { Card } from "./card.ts";
import {
  costOfVersion,
  createList,
  createWork,
  restMs,
  standing,
  type StandingWords,
} from "./versions.ts";
import { openVisionReplay, type VisionHands, type VisionMessage } from "./visionDoc.ts";
import { layOwners, type OwnedWords } from "./whoseWords.ts";

/** The past of the page that both write: `said` is what both have said, in the one order that both read it in. */
type VisionPast = {
  readonly said: readonly VisionMessage[];
  readonly hands: VisionHands;
  readonly random: Random;
  /** A page may have been written for years: it stops for this again and again. */
  readonly pause: () => Promise<void>;
};

/**
 * The versions, oldest first: another one begins where somebody writes on who had rested. Each is asked by their own
 * clock alone, since the two may be a day apart.
 */
export const visionVersions = async (past: VisionPast): Promise<readonly StandingWords[]> => {
  const list = createList();
  const lastOf = new Map<Card["author"], number>();
  let last: VisionMessage | undefined;
  const end = await walk(past, async (message, at, replay, work) => {
    const before = lastOf.get(message.author);
    const rested = before === undefined || message.time < before || message.time - before >= restMs;
    if (last !== undefined && rested) {
      await work(costOfVersion);
      list.add(standing(replay.doc(), at, last));
    }
    const taken = replay.take(message);
    if (!taken.ok) return;
    lastOf.set(message.author, message.time);
    last = message;
  });
  if (last !== undefined) list.add(standing(end.doc(), past.said.length, last));
  end.close();
  return list.versions();
};

/** Whose each word is that stands there now. */
export const whoseWords = async (past: VisionPast): Promise<OwnedWords> => {
  const owners = layOwners();
  const replay = await walk(past, async (message, _, at, work) => {
    if (!at.take(message).ok) return;
    await work(costOfVersion);
    owners.step(at.doc(), message.author);
  });
  replay.close();
  return owners.words();
};

type Replay = ReturnType<typeof openVisionReplay>;

const walk = async (
  { said, hands, random, pause }: VisionPast,
  step: (
    message: VisionMessage,
    at: number,
    replay: Replay,
    work: ReturnType<typeof createWork>,
  ) => Promise<void>,
): Promise<Replay> => {
  const replay = openVisionReplay(new Uint8Array(), hands, random);
  const work = createWork(pause);
  for (const [at, message] of said.entries()) {
    await work(1);
    await step(message, at, replay, work);
  }
  return replay;
};
