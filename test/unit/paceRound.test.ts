import { beforeAll, describe, expect, test } from "vitest";
import { fromBase64Url, toBase64Url } from "../../shared/base/bytes.ts";
import { newId, type PageId } from "../../shared/base/ids.ts";
import type { Random } from "../../shared/base/random.ts";
import { provesAllOf, provesOneOf, proveOneOf } from "../../shared/crypto/choiceProofs.ts";
import {
  addPoints,
  basePoint,
  multiplyScalars,
  randomScalar,
  readPoint,
  readScalar,
  subtractPoints,
  times,
  timesBase,
} from "../../shared/crypto/ristretto.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { type PaceCard, paceCards } from "../../shared/page/paceDeck.ts";
import { pacedLength, paceLengths } from "../../shared/page/paceLetters.ts";
import {
  answerCards,
  isLaid,
  layCards,
  readShown,
  showCards,
} from "../../shared/page/paceRound.ts";
import { must } from "../support/twoPartners.ts";
import { seededRandom } from "../support/seededRandom.ts";

beforeAll(loadSodium);

const bytes = (text: string): Uint8Array => must(fromBase64Url(text));
const meddled = (text: string, change: (message: Uint8Array) => void): string => {
  const message = bytes(text);
  change(message);
  return toBase64Url(message);
};

const round = (
  random: Random,
  mine: readonly PaceCard[],
  theirs: readonly PaceCard[],
  page = newId<PageId>(random),
) => {
  const { message: laid, key } = layCards(page, mine, random);
  const answer = must(answerCards(page, laid, theirs, random));
  return { page, laid, key, answer };
};

describe("the group", () => {
  test("has the elements of RFC 9496: the first multiples of its base", () => {
    const hex = (point: Uint8Array): string => Buffer.from(point).toString("hex");
    const two = addPoints(basePoint(), basePoint());
    expect(hex(basePoint())).toBe(
      "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76",
    );
    expect(hex(two)).toBe("6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919");
  });

  test("takes no identity, no second encoding of an element or a number, and no length but its own", () => {
    const order = Buffer.from(
      "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010",
      "hex",
    );
    expect(readPoint(new Uint8Array(32))).toBeUndefined();
    expect(readPoint(new Uint8Array(32).fill(0xff))).toBeUndefined();
    expect(readPoint(basePoint().slice(0, 31))).toBeUndefined();
    expect(readScalar(order)).toBeUndefined();
    expect(readScalar(new Uint8Array(32).fill(0xff))).toBeUndefined();
    expect(readScalar(order.map((byte, at) => (at === 0 ? byte - 1 : byte)))).toBeDefined();
  });

  test("knows its identity where a proof leads there", () => {
    const random = seededRandom(4701);
    const scalar = randomScalar(random);
    const zero = subtractPoints(basePoint(), basePoint());
    expect([...zero]).toEqual([...new Uint8Array(32)]);
    expect(times(scalar, zero)).toEqual(zero);
    expect(addPoints(zero, basePoint())).toEqual(basePoint());
    expect(times(scalar, basePoint())).toEqual(timesBase(scalar));
  });
});

describe("a proof", () => {
  const claimed = (random: Random, which: 0 | 1) => {
    const key = timesBase(randomScalar(random));
    const secret = randomScalar(random);
    const real = { left: timesBase(secret), right: times(secret, key) };
    const other = { left: timesBase(randomScalar(random)), right: basePoint() };
    const pairs = which === 0 ? ([real, other] as const) : ([other, real] as const);
    const context = random(32);
    return { claim: { key, pairs, context }, secret };
  };

  test.each([0, 1] as const)("of one of two is taken where it is the pair %s", (which) => {
    const random = seededRandom(4702 + which);
    const { claim, secret } = claimed(random, which);
    expect(provesOneOf(claim, proveOneOf(claim, which, secret, random))).toBe(true);
  });

  test("of one of two cannot be made without the secret, or for the pair that is not", () => {
    const random = seededRandom(4704);
    const { claim, secret } = claimed(random, 0);
    expect(provesOneOf(claim, proveOneOf(claim, 1, secret, random))).toBe(false);
    const guessed = randomScalar(random);
    expect(provesOneOf(claim, proveOneOf(claim, 0, guessed, random))).toBe(false);
    const doubled = multiplyScalars(secret, randomScalar(random));
    expect(provesOneOf(claim, proveOneOf(claim, 0, doubled, random))).toBe(false);
  });

  test("is worth nothing in another place, under another key, or with one bit flipped", () => {
    const random = seededRandom(4705);
    const { claim, secret } = claimed(random, 0);
    const proof = proveOneOf(claim, 0, secret, random);
    expect(provesOneOf({ ...claim, context: random(32) }, proof)).toBe(false);
    expect(provesOneOf({ ...claim, key: basePoint() }, proof)).toBe(false);
    expect(provesOneOf({ ...claim, pairs: [claim.pairs[1], claim.pairs[0]] }, proof)).toBe(false);
    for (let at = 0; at < proof.length; at += 7)
      expect(
        provesOneOf(
          claim,
          proof.map((byte, one) => (one === at ? byte ^ 1 : byte)),
        ),
      ).toBe(false);
    expect(provesOneOf(claim, new Uint8Array(128))).toBe(false);
    expect(provesOneOf(claim, proof.slice(0, 127))).toBe(false);
    expect(provesAllOf(claim, new Uint8Array(64))).toBe(false);
  });
});

describe("a round", () => {
  const none: readonly PaceCard[] = [];
  const choices: readonly (readonly [readonly PaceCard[], readonly PaceCard[]])[] = [
    [none, none],
    [paceCards, none],
    [none, paceCards],
    [paceCards, paceCards],
    [
      ["hands", "hug", "kiss"],
      ["hug", "dance", "kiss"],
    ],
  ];

  test.each(choices)("tells both the cards that both chose: %j and %j", (mine, theirs) => {
    const random = seededRandom(4710);
    const { key, ...messages } = round(random, mine, theirs);
    const shown = must(showCards(messages, key, random));
    const both = paceCards.filter((card) => mine.includes(card) && theirs.includes(card));
    expect(readShown(messages, shown)).toEqual({ ok: true, value: both });
  });

  test("has messages of one length, whatever was chosen", () => {
    for (const [mine, theirs] of choices) {
      const random = seededRandom(4711);
      const { key, ...messages } = round(random, mine, theirs);
      const shown = must(showCards(messages, key, random));
      expect([messages.laid, messages.answer, shown].map((text) => bytes(text).length)).toEqual([
        paceLengths.laid,
        paceLengths.answer,
        paceLengths.shown,
      ]);
    }
  });

  test("opens to whoever laid the cards nothing of a card they did not choose: yes and no are the same to them", () => {
    const random = seededRandom(4712);
    const page = newId<PageId>(random);
    const { message: laid, key } = layCards(page, none, random);
    const secret = readScalar(bytes(key));
    for (const theirs of [none, paceCards]) {
      const answer = bytes(must(answerCards(page, laid, theirs, random)));
      for (const at of paceCards.keys()) {
        const from = at * pacedLength;
        const left = readPoint(answer.slice(from, from + 32));
        const right = readPoint(answer.slice(from + 32, from + 64));
        if (secret === undefined || left === undefined || right === undefined)
          throw new Error("not read");
        // With the key in hand, it is the same nothing.
        expect(subtractPoints(right, times(secret, left))).toEqual(new Uint8Array(32));
      }
    }
  });

  test("shows no choice to whoever has the messages and no key: nothing in them comes twice", () => {
    const random = seededRandom(4713);
    const { laid, answer } = round(random, ["hug"], ["hug"]);
    const all = [bytes(laid).slice(32), bytes(answer)].flatMap((message) =>
      [...paceCards.keys()].flatMap((at) => [
        toBase64Url(message.slice(at * pacedLength, at * pacedLength + 32)),
        toBase64Url(message.slice(at * pacedLength + 32, at * pacedLength + 64)),
      ]),
    );
    expect(new Set(all).size).toBe(all.length);
  });
});

describe("a changed app", () => {
  const mine = ["hands", "hug"] as const;
  const random = (): Random => seededRandom(4720);

  test("that sends garbage, the identity, or too little is not answered", () => {
    const chance = random();
    const page = newId<PageId>(chance);
    const { message } = layCards(page, mine, chance);
    const wrong = [
      "",
      message.slice(1),
      toBase64Url(chance(paceLengths.laid)),
      meddled(message, (laid) => laid.fill(0, 0, 32)),
      meddled(message, (laid) => laid.fill(0, 32, 64)),
      meddled(message, (laid) => laid.fill(0, 64, 96)),
      meddled(message, (laid) => laid.fill(0)),
    ];
    for (const laid of wrong) {
      expect(isLaid(page, laid)).toBe(false);
      expect(answerCards(page, laid, mine, chance)).toEqual({ ok: false, code: "PACE_DAMAGED" });
    }
  });

  test("cannot lay one card twice, in another order, or in a round of another page", () => {
    const chance = random();
    const page = newId<PageId>(chance);
    const { message } = layCards(page, mine, chance);
    const repeated = meddled(message, (laid) =>
      laid.copyWithin(32 + pacedLength, 32, 32 + pacedLength),
    );
    expect(isLaid(page, repeated)).toBe(false);
    expect(isLaid(newId<PageId>(chance), message)).toBe(false);
    expect(isLaid(page, message)).toBe(true);
  });

  test("cannot lay more than a yes: a card that would tell more of an answer has no proof", () => {
    const chance = random();
    const page = newId<PageId>(chance);
    const { message } = layCards(page, paceCards, chance);
    const doubled = meddled(message, (laid) => {
      for (const at of paceCards.keys()) {
        const from = 64 + at * pacedLength;
        const right = readPoint(laid.slice(from, from + 32));
        if (right !== undefined) laid.set(addPoints(right, basePoint()), from);
      }
    });
    expect(isLaid(page, doubled)).toBe(false);
  });

  test("that sends back what was laid, proofs and all, is not shown anything", () => {
    const chance = random();
    const page = newId<PageId>(chance);
    const { message: laid, key } = layCards(page, mine, chance);
    const answer = toBase64Url(bytes(laid).slice(32));
    expect(showCards({ page, laid, answer }, key, chance)).toEqual({
      ok: false,
      code: "PACE_DAMAGED",
    });
  });

  test("that answers with what would say no to a yes and yes to a no is not shown anything", () => {
    const chance = random();
    const page = newId<PageId>(chance);
    const { message: laid, key } = layCards(page, mine, chance);
    // Each card answered with what was laid less a yes: where it hid a yes it reads as a no.
    const honest = must(answerCards(page, laid, paceCards, chance));
    const turned = meddled(honest, (answer) => {
      for (const at of paceCards.keys()) {
        const from = at * pacedLength + 32;
        const right = readPoint(answer.slice(from, from + 32));
        if (right !== undefined) answer.set(subtractPoints(right, basePoint()), from);
      }
    });
    expect(showCards({ page, laid, answer: turned }, key, chance).ok).toBe(false);
    expect(showCards({ page, laid, answer: honest }, key, chance).ok).toBe(true);
  });

  test("cannot answer with an answer to another round", () => {
    const chance = random();
    const [one, other] = [round(chance, mine, paceCards), round(chance, mine, paceCards)];
    expect(showCards({ ...one, answer: other.answer }, one.key, chance).ok).toBe(false);
  });

  test("cannot lay other cards once it has seen the answer: an answer belongs to what was laid", () => {
    const chance = random();
    const page = newId<PageId>(chance);
    const [first, second] = [layCards(page, [], chance), layCards(page, paceCards, chance)];
    const answer = must(answerCards(page, first.message, paceCards, chance));
    const changed = { page, laid: second.message, answer };
    expect(showCards(changed, second.key, chance).ok).toBe(false);
    expect(showCards({ ...changed, laid: first.message }, second.key, chance).ok).toBe(false);
  });

  test("cannot show what is not so: neither more, nor less, nor with another's proof", () => {
    const chance = random();
    const { key, ...messages } = round(chance, mine, ["hug"]);
    const shown = must(showCards(messages, key, chance));
    for (const at of paceCards.keys()) {
      const lied = meddled(shown, (said) => said.set([1 - (said[at] ?? 0)], at));
      expect(readShown(messages, lied)).toEqual({ ok: false, code: "PACE_DAMAGED" });
    }
    expect(
      readShown(
        messages,
        meddled(shown, (said) => said.set([2], 0)),
      ).ok,
    ).toBe(false);
    const { key: otherKey, ...other } = round(chance, mine, ["hug"]);
    const otherShown = must(showCards(other, otherKey, chance));
    expect(readShown(messages, otherShown).ok).toBe(false);
    expect(showCards(messages, otherKey, chance).ok).toBe(false);
    for (let at = 0; at < bytes(shown).length; at += 5)
      expect(
        readShown(
          messages,
          meddled(shown, (said) => said.set([(said[at] ?? 0) ^ 1], at)),
        ).ok,
      ).toBe(false);
  });
});
