import { beforeAll, describe, expect, test } from "vitest";
import type { PageId } from "../../shared/base/ids.ts";
import { createCell } from "../../shared/base/live.ts";
import { createQueue } from "../../shared/base/queue.ts";
import { accept } from "../../shared/base/result.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { keepPacing } from "../../shared/journal/acts/pacingKeeper.ts";
import type { Card } from "../../shared/page/card.ts";
import { createPaceJudge, type PaceJudge, readPace } from "../../shared/page/pace.ts";
import { answerCards, isAnswer, layCards } from "../../shared/page/paceRound.ts";
import { plainCard } from "../support/fakeJournal.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { must } from "../support/twoPartners.ts";

beforeAll(loadSodium);

const many = 1_000;

const page = (number: number): PageId => number.toString(16).padStart(32, "0") as PageId;

const card = (number: number, more: Partial<Card>): Card => ({
  ...{ ...plainCard(page(number), number), place: "shared" },
  ...more,
});

/** Judges as always, and knows how often it was asked for something new. */
const countingJudge = (): PaceJudge & { readonly asked: () => number } => {
  const judge = createPaceJudge();
  const seen = new Set<string>();
  const counted =
    <Asked extends readonly unknown[], Answer>(of: (...asked: Asked) => Answer) =>
    (...asked: Asked): Answer => {
      seen.add(JSON.stringify(asked));
      return of(...asked);
    };
  return {
    isLaid: counted(judge.isLaid),
    isAnswer: counted(judge.isAnswer),
    readShown: counted(judge.readShown),
    asked: () => seen.size,
  };
};

/** One character in its middle is another one: as long as before, and true of nothing. */
const spoilt = (message: string): string => {
  const middle = Math.floor(message.length / 2);
  const other = message[middle] === "A" ? "B" : "A";
  return `${message.slice(0, middle)}${other}${message.slice(middle + 1)}`;
};

describe("pace cards of a changed app of the partner", () => {
  test("that lays round after round holds nobody’s screen: the newest few are judged, and once", () => {
    const random = seededRandom(4790);
    const { message } = layCards(page(1), ["hug"], random);
    const laid = (number: number, cards: string): Card =>
      card(number, { kind: "pace", author: "partner", said: { kind: "pace", cards } });
    const bad = Array.from({ length: many }, (_, at) => laid(at + 1, spoilt(message)));
    const judge = countingJudge();
    expect(readPace(bad, 0, judge).state).toBe("none");
    expect(readPace(bad, 0, judge).state).toBe("none");
    expect(judge.asked()).toBeLessThan(10);
    const newest = layCards(page(many + 1), ["hug"], random).message;
    expect(readPace([...bad, laid(many + 1, newest)], 0, judge).state).toBe("theirs");
  });

  test("that answers a thousand times is shown one answer, and the rest is not so much as judged", async () => {
    const random = seededRandom(4791);
    const round = page(1);
    const { message: laid, key } = layCards(round, ["hug"], random);
    const answer = must(answerCards(round, laid, ["hug"], random));
    const bad = spoilt(answer);
    expect(isAnswer({ page: round, laid, answer: bad })).toBe(false);
    const answered = (number: number, cards: string): Card =>
      card(number, {
        ...{ kind: "paceAnswer", author: "partner", of: round },
        said: { kind: "paceAnswer", cards },
      });
    const cards = createCell<readonly Card[]>([
      card(2, {
        kind: "paceKey",
        place: "draft",
        of: round,
        said: { kind: "paceKey", cards: key },
      }),
      card(1, { kind: "pace", said: { kind: "pace", cards: laid } }),
      answered(3, bad),
      answered(4, answer),
      ...Array.from({ length: many }, (_, at) => answered(5 + at, bad)),
    ]);
    const showed: PageId[] = [];
    const judge = countingJudge();
    const stop = keepPacing({
      ...{ cards, may: () => true, forgets: () => false, random },
      show: async (of, shown, at) => {
        showed.push(of);
        const said = { kind: "paceShown", cards: shown } as const;
        cards.set([...cards.read(), card(9_999, { id: at, kind: "paceShown", of, said })]);
        return accept(undefined);
      },
      dropKey: async (one) => {
        cards.set(cards.read().filter(({ id }) => id !== one));
        return accept(undefined);
      },
      withdraw: async () => accept(undefined),
      turn: { judge, inTurn: createQueue() },
    });
    await new Promise((resolve) => setImmediate(resolve));
    stop();
    expect(showed).toEqual([page(4)]);
    expect(judge.asked()).toBeLessThan(20);
  });
});
