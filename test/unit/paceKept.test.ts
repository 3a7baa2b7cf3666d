import { beforeAll, describe, expect, test } from "vitest";
import type { PageId } from "../../shared/base/ids.ts";
import { createCell } from "../../shared/base/live.ts";
import { createQueue } from "../../shared/base/queue.ts";
import { accept, refuse } from "../../shared/base/result.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { keepPacing } from "../../shared/journal/acts/pacingKeeper.ts";
import type { Card } from "../../shared/page/card.ts";
import { createPaceJudge } from "../../shared/page/pace.ts";
import { type PaceCard, paceCards } from "../../shared/page/paceDeck.ts";
import { answerCards, layCards } from "../../shared/page/paceRound.ts";
import { plainCard } from "../support/fakeJournal.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { createTwoPartners, type Desk, must } from "../support/twoPartners.ts";

beforeAll(loadSodium);

const day = 24 * 3_600_000;

const view = ({ journal }: Pick<Desk, "journal">) => journal().pace.read();
const kinds = ({ journal }: Pick<Desk, "journal">, author: "me" | "partner") =>
  journal()
    .cards.read()
    .filter((card) => card.kind.startsWith("pace") && card.author === author)
    .map(({ kind, withdrawnAt }) => (withdrawnAt === undefined ? kind : `${kind} gone`))
    .toSorted();
const lay = ({ journal }: Pick<Desk, "journal">, ...chosen: readonly PaceCard[]) =>
  journal().layPace(chosen);

describe("pace cards on a computer", () => {
  test("leave no key behind where they are taken back, and what was answered meanwhile opens to nobody", async () => {
    const { anna, sam, settle, link } = await createTwoPartners({ seed: 4758 });
    must(await lay(sam, "hug"));
    await settle();
    link.cut();
    must(await sam.journal().clearPace());
    must(await lay(anna, "hug"));
    link.heal();
    await settle(10);
    expect(kinds(sam, "me")).toEqual(["pace gone"]);
    expect(kinds(anna, "me")).toEqual(["paceAnswer gone"]);
    for (const desk of [anna, sam])
      expect(view(desk)).toMatchObject({ state: "none", last: undefined });
  });

  test("that is gone at any moment in between: a round goes on, or was never laid", async () => {
    for (const steps of [0, 1, 2, 3, 5, 8]) {
      const { anna, sam, settle, clock } = await createTwoPartners({ seed: 4770 + steps });
      const laying = lay(sam, "hug");
      for (let step = 0; step < steps; step++) await Promise.resolve();
      sam.kill();
      await Promise.race([laying, Promise.resolve()]);
      await sam.open();
      await settle();
      const lies = view(sam).state === "mine";
      expect(kinds(sam, "me").includes("paceKey")).toBe(lies);
      if (!lies) {
        clock.advance(day);
        must(await lay(sam, "hug"));
        await settle();
      }
      must(await lay(anna, "hug"));
      await settle();
      for (const desk of [anna, sam]) expect(view(desk).last?.both).toEqual(["hug"]);
    }
  });

  test("that came back from a backup drop a key that may have been used since, before anything else", async () => {
    const dropped: PageId[] = [];
    const page = "0123456789abcdef0123456789abcdef" as PageId;
    const round = "fedcba9876543210fedcba9876543210" as PageId;
    const { key } = layCards(round, paceCards, seededRandom(4776));
    const kept: Card = {
      ...plainCard(page, 0),
      ...{ kind: "paceKey", place: "draft", of: round },
      said: { kind: "paceKey", cards: key },
    };
    const cards = createCell<readonly Card[]>([kept]);
    const refused = async () => refuse("STORE_CLOSED");
    const stop = keepPacing({
      ...{ cards, may: () => false, forgets: () => true, random: seededRandom(4777) },
      ...{ show: refused, withdraw: refused },
      dropKey: async (one) => {
        dropped.push(one);
        cards.set([]);
        return accept(undefined);
      },
      turn: { judge: createPaceJudge(), inTurn: createQueue() },
    });
    await new Promise((resolve) => setImmediate(resolve));
    stop();
    expect(dropped).toEqual([page]);
  });

  test("keep no choice of their own: neither on the disk nor in a page once they lie there", async () => {
    const { anna, sam, settle } = await createTwoPartners({ seed: 4759 });
    must(await lay(sam, "massage"));
    await settle();
    must(await lay(anna, "sameBed"));
    await settle();
    for (const desk of [anna, sam]) {
      const words = JSON.stringify(desk.journal().cards.read());
      for (const card of paceCards) expect(words).not.toContain(card);
      expect(await desk.journal().find("massage")).toEqual(new Set());
      expect(kinds(desk, "me")).not.toContain("paceKey");
    }
  });

  test("show one answer with a key, also where the partner takes it back before the key is gone", async () => {
    const random = seededRandom(4778);
    const round = "fedcba9876543210fedcba9876543210" as PageId;
    const { message: laid, key } = layCards(round, ["hug", "kiss"], random);
    const page = (number: number): PageId => number.toString(16).padStart(32, "0") as PageId;
    const shared = (id: PageId, card: Partial<Card>): Card => ({
      ...{ ...plainCard(id, 0), place: "shared" },
      ...card,
    });
    const answered = (number: number, chosen: readonly PaceCard[]): Card =>
      shared(page(number), {
        ...{ kind: "paceAnswer", author: "partner", of: round },
        said: { kind: "paceAnswer", cards: must(answerCards(round, laid, chosen, random)) },
      });
    const first = answered(1, ["hug"]);
    const kept: Card = {
      ...plainCard(page(3), 0),
      ...{ kind: "paceKey", place: "draft", of: round },
      said: { kind: "paceKey", cards: key },
    };
    const mine = shared(round, { kind: "pace", said: { kind: "pace", cards: laid } });
    const cards = createCell<readonly Card[]>([kept, mine, first]);
    const showed: PageId[] = [];
    const dropped: PageId[] = [];
    let disk = false;
    const stop = keepPacing({
      ...{ cards, may: () => true, forgets: () => false, random },
      show: async (of, shown, at) => {
        showed.push(of);
        const said = { kind: "paceShown", cards: shown } as const;
        cards.set([...cards.read(), shared(at, { kind: "paceShown", of, said })]);
        return accept(undefined);
      },
      dropKey: async (one) => {
        if (!disk) return refuse("DISK_FULL");
        dropped.push(one);
        cards.set(cards.read().filter(({ id }) => id !== one));
        return accept(undefined);
      },
      withdraw: async () => refuse("DISK_FULL"),
      turn: { judge: createPaceJudge(), inTurn: createQueue() },
    });
    const settle = () => new Promise((resolve) => setImmediate(resolve));
    await settle();
    expect(showed).toEqual([first.id]);
    // The answer goes, with all that it said, and another one comes; the key is here still.
    const { said: _, of: __, ...trace } = first;
    const gone: Card = { ...trace, of: undefined, said: undefined, withdrawnAt: 1 };
    cards.set([...cards.read().filter(({ id }) => id !== first.id), gone, answered(2, ["kiss"])]);
    await settle();
    disk = true;
    cards.set([...cards.read()]);
    await settle();
    stop();
    expect(showed).toEqual([first.id]);
    expect(dropped).toEqual([kept.id]);
  });
});
