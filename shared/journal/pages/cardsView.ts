import type { Clock } from "../../base/clock.ts";
import type { DeviceId, PageId } from "../../base/ids.ts";
import { createCell, type Cell, type Live } from "../../base/live.ts";
import {
  closedKinds,
  longestAgreement,
  type AgreementCard,
  type AnswerCard,
  type Card,
  type DraftCard,
  type LetterCard,
  type PutOff,
  type QuestionCard,
} from "../../page/card.ts";
import { daysFrom } from "../../page/day.ts";
import { asItCame } from "../../page/expiry.ts";
import { changesBetween, type PageFacts } from "../../page/facts.ts";
import type { CameAt } from "../../page/hands.ts";
import { mergeSorted, without } from "./keepSorted.ts";

/** Where the cards of one list come from. */
export type CardSource = {
  readonly facts: Live<ReadonlyMap<PageId, PageFacts>>;
  readonly place: Card["place"];
  /** Nobody's pages: they have no card. */
  readonly except?: readonly PageId[];
};

export type CardsParts = {
  readonly sources: readonly CardSource[];
  /** Whether this owner of a page is the partner. */
  readonly isPartner: (owner: DeviceId) => boolean;
  readonly opened: Live<ReadonlySet<PageId>>;
  readonly putOff: Live<ReadonlyMap<PageId, PutOff>>;
  /** When notes from the future of this clock came (noteArrivals.ts). */
  readonly came?: Live<CameAt>;
  readonly clock: Clock;
};

/** The cards of several ledgers as one list, newest first; follows them as they change. */
export const watchCards = ({
  sources,
  isPartner,
  opened,
  putOff,
  came,
  clock,
}: CardsParts): Live<readonly Card[]> & { readonly stop: () => void } => {
  const known = new Map<PageId, Card>();
  let last: readonly (ReadonlyMap<PageId, PageFacts> | undefined)[] = sources.map(() => undefined);
  const placing = createPlacing(clock);

  const cardOf = (facts: PageFacts, place: Card["place"], fromPartner: boolean): Card =>
    asItCame(
      toCard(facts, place, fromPartner, opened.read(), putOff.read()),
      came?.read().get(facts.id),
    );

  /** The same card for as long as nothing about it changes. */
  const look = (facts: PageFacts, { place, except }: CardSource): void => {
    if (
      except?.includes(facts.id) === true ||
      (place === "shared" && !facts.whole && facts.kind !== "newer")
    )
      return void known.delete(facts.id);
    known.set(facts.id, cardOf(facts, place, isPartner(facts.owner)));
  };
  const replace = (pages: Iterable<PageId>, how: () => void): void => {
    const before = [...pages].map((page) => [page, known.get(page)] as const);
    how();
    placing.place(
      before.flatMap(([, card]) => card ?? []),
      before.flatMap(([page]) => known.get(page) ?? []),
    );
  };
  /** Of twenty thousand pages one changes with every pause in typing: only that one is looked at. */
  const followFacts = (): void => {
    for (const [at, source] of sources.entries()) {
      const all = source.facts.read();
      const before = last[at];
      if (before === all) continue;
      const { changed, gone } = changesBetween(before ?? new Map(), all);
      replace([...changed.map(({ id }) => id), ...gone], () => {
        for (const facts of changed) look(facts, source);
        for (const page of gone) known.delete(page);
      });
      last = last.with(at, all);
    }
  };
  /** Only what comes from the partner may have been closed, or put off. */
  const followMarks = (): void => {
    const touched = sources.flatMap((source) =>
      source.place !== "shared"
        ? []
        : [...source.facts.read().values()].flatMap((facts) => {
            const card = known.get(facts.id);
            const now = card && cardOf(facts, source.place, card.author === "partner");
            return card?.opened === now?.opened &&
              card?.putOff === now?.putOff &&
              card?.writtenAt === now?.writtenAt
              ? []
              : [{ facts, source }];
          }),
    );
    replace(
      touched.map(({ facts }) => facts.id),
      () => touched.forEach(({ facts, source }) => look(facts, source)),
    );
  };
  followFacts();
  const cell = createCell(placing.list());
  const refresh = (follow: () => void) => (): void => {
    follow();
    cell.set(placing.list());
  };
  const stops = [
    ...sources.map(({ facts }) => facts.subscribe(refresh(followFacts))),
    opened.subscribe(refresh(followMarks)),
    putOff.subscribe(refresh(followMarks)),
    ...(came === undefined ? [] : [came.subscribe(refresh(followMarks))]),
  ];
  return { ...cell, stop: () => stops.forEach((stop) => stop()) };
};

const minuteMs = 60_000;

/**
 * Newest first. What claims to be from the future counts as of now, before whatever is really written in this minute,
 * so its place may change with the clock.
 */
const createPlacing = (
  clock: Clock,
): {
  readonly place: (out: readonly Card[], into: readonly Card[]) => void;
  readonly list: () => readonly Card[];
} => {
  let order: readonly Card[] = [];
  let latest = 0;
  let ofFuture = false;
  return {
    place: (out, into) => {
      if (out.length === 0 && into.length === 0 && !ofFuture) return;
      const now = clock.now();
      for (const { writtenAt } of into) latest = Math.max(latest, writtenAt);
      // Shared pages bear the minute alone, and a count below it that may run ahead of the clock.
      const minute = Math.floor(now / minuteMs) * minuteMs;
      const standsAt = ({ writtenAt }: Card): number =>
        writtenAt < minute + minuteMs ? writtenAt : minute - 1;
      const compare = (one: Card, other: Card): number =>
        standsAt(other) - standsAt(one) || (one.id < other.id ? -1 : 1);
      const stay = without(order, new Set(out));
      const ofFutureNow = latest >= minute + minuteMs;
      order =
        ofFuture || ofFutureNow
          ? [...stay, ...into].toSorted(compare)
          : mergeSorted(stay, into.toSorted(compare), compare);
      ofFuture = ofFutureNow;
    },
    list: () => order,
  };
};

/** Those in the trash go apart. A list that is as it was stays the same one. */
export const showApart = (
  all: readonly Card[],
  {
    cards,
    trash,
  }: { readonly cards: Cell<readonly Card[]>; readonly trash: Cell<readonly Card[]> },
): void => {
  const lying = all.filter(({ trashedAt }) => trashedAt !== undefined);
  const before = trash.read();
  cards.set(lying.length === 0 ? all : all.filter(({ trashedAt }) => trashedAt === undefined));
  if (lying.length !== before.length || lying.some((card, at) => card !== before[at]))
    trash.set(lying);
};

const toCard = (
  facts: PageFacts,
  place: Card["place"],
  fromPartner: boolean,
  openedPages: ReadonlySet<PageId>,
  putOff: ReadonlyMap<PageId, PutOff>,
): Card => {
  const closes = fromPartner && closedKinds.includes(facts.kind);
  const opened = !closes || openedPages.has(facts.id);
  return {
    id: facts.id,
    kind: facts.kind,
    author: fromPartner ? "partner" : "me",
    place,
    title: opened ? facts.title : "",
    excerpt: opened ? facts.excerpt : "",
    writtenAt: facts.writtenAt,
    changedAt: place === "shared" ? facts.changedAt : undefined,
    withdrawnAt: facts.withdrawnAt,
    dateDoubtful: facts.dateDoubtful,
    cameBack: place === "shared" && !fromPartner && (facts.cameBack ?? false),
    opened,
    putOff: opened ? undefined : putOff.get(facts.id),
    question: questionOf(facts),
    answer: answerOf(facts),
    letter: letterOf(facts),
    agreement: agreementOf(facts),
    promise: facts.kind === "promise" ? { by: facts.by } : undefined,
    went: facts.kind === "outcome" ? facts.went : undefined,
    said: opened ? facts.said : undefined,
    of: facts.of,
    fits: facts.kind === "nod" ? facts.fits : undefined,
    days: facts.kind === "byDay" ? facts.days : [],
    draft: place === "draft" ? draftOf(facts) : undefined,
    aboutAt: (facts.kind === "entry" ? facts.aboutAt : undefined) ?? facts.writtenAt,
    tags: facts.kind === "entry" ? facts.tags : [],
    feelings: facts.kind === "entry" ? facts.feelings : [],
    hasPhotos: opened && facts.chunks.length > 0,
    trashedAt: place === "shared" ? undefined : facts.trashedAt,
  };
};

const questionOf = (facts: PageFacts): QuestionCard | undefined =>
  facts.kind === "question"
    ? {
        need: facts.need ?? "heard",
        depth: facts.depth ?? "meaning",
        askedAt: [facts.writtenAt, ...facts.asks],
        helpsBy: facts.helpsBy,
      }
    : undefined;

const answerOf = ({ kind, question, round, saw }: PageFacts): AnswerCard | undefined =>
  kind === "answer" && question !== undefined ? { question, round, saw } : undefined;

const letterOf = ({ kind, about, pauseHours }: PageFacts): LetterCard | undefined =>
  kind === "letter" ? { about: about ?? "responsibility", pauseHours } : undefined;

/** However far its writer has put the day, it is no further than both were told that it can be. */
const agreementOf = ({ kind, reviewBy, writtenAt, of }: PageFacts): AgreementCard | undefined => {
  if (kind !== "agreement") return undefined;
  const furthest = daysFrom(writtenAt, longestAgreement);
  return {
    reviewBy: reviewBy === undefined || reviewBy > furthest ? furthest : reviewBy,
    revises: of,
  };
};

const draftOf = ({ changes, restsUntil, pausedUntil }: PageFacts): DraftCard => ({
  changes,
  restsUntil,
  pausedUntil,
});
