import type { ChainHead } from "../../shared/envelope/chain.ts";
import type { MessageHeader } from "../../shared/envelope/message.ts";
import type { Payload, SeenHead } from "../../shared/envelope/payload.ts";
import type {
  AnswerCard,
  Card,
  DraftCard,
  LetterCard,
  QuestionCard,
} from "../../shared/page/card.ts";
import type { PageFacts } from "../../shared/page/facts.ts";
import type { PageStart } from "../../shared/page/pageDoc.ts";
import type { PageRecord } from "../../shared/page/pageRecord.ts";

type Every<Fields> = Record<keyof Required<Fields>, true>;

/**
 * Every field of what stands in lists, in the page cache and in messages. A key that is missing here, or that is here and nowhere else, does not
 * compile.
 */
export const knownFields = {
  card: {
    id: true,
    kind: true,
    author: true,
    place: true,
    title: true,
    excerpt: true,
    writtenAt: true,
    changedAt: true,
    withdrawnAt: true,
    dateDoubtful: true,
    opened: true,
    putOff: true,
    question: true,
    answer: true,
    letter: true,
    of: true,
    fits: true,
    days: true,
    draft: true,
  } satisfies Every<Card>,
  question: { need: true, depth: true, askedAt: true, helpsBy: true } satisfies Every<QuestionCard>,
  answer: { question: true, round: true, saw: true } satisfies Every<AnswerCard>,
  letter: { about: true, pauseHours: true } satisfies Every<LetterCard>,
  draft: { changes: true, restsUntil: true, pausedUntil: true } satisfies Every<DraftCard>,
  facts: {
    id: true,
    owner: true,
    notebook: true,
    kind: true,
    title: true,
    excerpt: true,
    writtenAt: true,
    changedAt: true,
    withdrawnAt: true,
    dateDoubtful: true,
    whole: true,
    sharing: true,
    whitedOut: true,
    need: true,
    depth: true,
    asks: true,
    helpsBy: true,
    question: true,
    round: true,
    saw: true,
    about: true,
    pauseHours: true,
    of: true,
    fits: true,
    days: true,
    changes: true,
    restsUntil: true,
    pausedUntil: true,
  } satisfies Every<PageFacts>,
  record: {
    owner: true,
    notebook: true,
    hands: true,
    writtenAt: true,
    changedAt: true,
    withdrawnAt: true,
    dateDoubtful: true,
    whitedOut: true,
    gone: true,
    state: true,
  } satisfies Every<PageRecord>,
  start: {
    kind: true,
    need: true,
    depth: true,
    question: true,
    round: true,
    saw: true,
    about: true,
    pauseHours: true,
    of: true,
    pausedUntil: true,
    fits: true,
  } satisfies Record<KeysOf<PageStart>, true>,
  header: {
    kind: true,
    space: true,
    notebook: true,
    device: true,
    seq: true,
    time: true,
    prev: true,
  } satisfies Every<MessageHeader>,
  payload: { seen: true, page: true, body: true } satisfies Every<Payload>,
  seen: { device: true, seq: true, id: true } satisfies Every<SeenHead>,
  ack: { notebook: true, device: true, seq: true, id: true } satisfies Every<ChainHead>,
};

type KeysOf<Union> = Union extends unknown ? keyof Union : never;
