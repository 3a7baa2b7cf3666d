import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { applyAsItIs } from "../../shared/page/boundedYjs.ts";
import type { PageDoc } from "../../shared/page/pageDoc.ts";
import {
  dropEmpty,
  openVisionReplay,
  visionDocFor,
  type VisionHands,
  type VisionReplay,
} from "../../shared/page/visionDoc.ts";
import { layOwners } from "../../shared/page/whoseWords.ts";
import { wordsMark } from "../../shared/page/sameWords.ts";
import { seededRandom } from "../support/seededRandom.ts";

type Who = "anna" | "sam";

/** What one of the two does next: types, deletes, ticks a line out, makes words bold, or lets what waits reach the other. */
const someSteps = fc.array(
  fc.record({
    who: fc.constantFrom<Who>("anna", "sam"),
    act: fc.constantFrom("type", "line", "list", "delete", "bold", "seal", "meet"),
    at: fc.nat(1_000),
    text: fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }),
  }),
  { minLength: 1, maxLength: 60 },
);

type Step = typeof someSteps extends fc.Arbitrary<readonly (infer One)[]> ? One : never;

const hands: Readonly<Record<Who, VisionHands>> = {
  anna: { me: 0, partner: 1 },
  sam: { me: 1, partner: 0 },
};
const other = (who: Who): Who => (who === "anna" ? "sam" : "anna");

type Said = { readonly who: Who; readonly body: Uint8Array };

type Side = {
  readonly doc: PageDoc;
  readonly replay: VisionReplay;
  waiting: Uint8Array[];
  unsent: Said[];
  /** Everything that this side has, in the order that it had it. */
  readonly had: Said[];
};

const openSide = (who: Who, seed: number): Side => {
  const random = seededRandom(seed);
  const doc = visionDocFor(hands[who].me, random);
  const side: Side = {
    doc,
    replay: openVisionReplay(new Uint8Array(), hands[who], random),
    waiting: [],
    unsent: [],
    had: [],
  };
  doc.on("update", (update: Uint8Array, origin: unknown) => {
    if (origin !== "ledger") side.waiting.push(update);
  });
  return side;
};

const take = (side: Side, who: Who, said: Said): void => {
  const author = said.who === who ? "me" : "partner";
  const taken = side.replay.take({
    ...{ author, time: 0, doubtful: false, body: said.body },
    bound: author === "partner",
  });
  expect(taken).toEqual({ ok: true, value: undefined });
  side.had.push(said);
  if (author === "partner") applyAsItIs(side.doc, said.body, "ledger");
};

const seal = (side: Side, who: Who): void => {
  if (side.waiting.length === 0) return;
  const said: Said = { who, body: Y.mergeUpdates(side.waiting) };
  side.waiting = [];
  take(side, who, said);
  side.unsent.push(said);
};

const body = ({ doc }: Side): Y.XmlFragment => doc.getXmlFragment("body");

const textsOf = (node: Y.XmlFragment): readonly Y.XmlText[] =>
  node
    .toArray()
    .flatMap((child) =>
      child instanceof Y.XmlText ? [child] : child instanceof Y.XmlElement ? textsOf(child) : [],
    );

const plainOf = (text: Y.XmlText): string => Y.Text.prototype.toString.call(text);

/** At this place, or before the letter that it lies in: no editor lets a hand cut a letter in two. */
const edgeAt = (text: Y.XmlText, at: number): number => {
  const code = plainOf(text).charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at - 1 : at;
};

/** Whole letters from about there on, of about this length; one of them at least. */
const someLetters = (text: Y.XmlText, at: number, length: number): readonly [number, number] => {
  const from = edgeAt(text, at);
  const end = Math.min(at + length, text.length);
  const whole = edgeAt(text, end) < end ? end + 1 : end;
  return [from, whole - from];
};

const act = (side: Side, { act: what, at, text }: Step): void => {
  const all = body(side);
  const texts = textsOf(all);
  const one = texts[at % Math.max(1, texts.length)];
  if (what === "type" && one !== undefined) one.insert(edgeAt(one, at % (one.length + 1)), text);
  if (what === "bold" && one !== undefined && one.length > 0)
    one.format(...someLetters(one, at % one.length, 1), { bold: {} });
  if (what === "line" || (what === "type" && one === undefined)) {
    const line = new Y.XmlElement("paragraph");
    line.insert(0, [new Y.XmlText(text)]);
    all.insert(at % (all.length + 1), [line]);
  }
  if (what === "list") {
    const [list, item, line] = ["bulletList", "listItem", "paragraph"].map(
      (name) => new Y.XmlElement(name),
    );
    line?.insert(0, [new Y.XmlText(text)]);
    if (line !== undefined) item?.insert(0, [line]);
    if (item !== undefined) list?.insert(0, [item]);
    if (list !== undefined) all.insert(at % (all.length + 1), [list]);
  }
  if (what !== "delete") return;
  if (at % 3 === 0 && all.length > 0) all.delete(at % all.length, 1);
  else if (one !== undefined && one.length > 0) one.delete(...someLetters(one, at % one.length, 3));
};

const play = (steps: readonly Step[]): Readonly<Record<Who, Side>> => {
  const sides = { anna: openSide("anna", 1), sam: openSide("sam", 2) };
  const meet = (): void => {
    const going = { anna: sides.anna.unsent, sam: sides.sam.unsent };
    for (const who of ["anna", "sam"] as const) {
      sides[who].unsent = [];
      for (const said of going[other(who)]) take(sides[who], who, said);
    }
  };
  for (const step of steps) {
    const side = sides[step.who];
    if (step.act === "meet") meet();
    else if (step.act === "seal") seal(side, step.who);
    else act(side, step);
  }
  for (const who of ["anna", "sam"] as const) seal(sides[who], who);
  meet();
  return sides;
};

test("whatever the two write, and whenever they meet, both end with the same words, and nothing of an honest hand is refused", () => {
  fc.assert(
    fc.property(someSteps, (steps) => {
      const { anna, sam } = play(steps);
      const marks = [anna.doc, sam.doc, anna.replay.doc(), sam.replay.doc()].map(wordsMark);
      expect(new Set(marks).size).toBe(1);
      // What crossing deletions left empty goes on both sides alike.
      dropEmpty(anna.doc);
      dropEmpty(sam.doc);
      expect(wordsMark(anna.doc)).toBe(wordsMark(sam.doc));
    }),
    { numRuns: 150, seed: 20_261_123 },
  );
});

test("read anew in another order that what it leans on allows, it is the same page", () => {
  fc.assert(
    fc.property(someSteps, (steps) => {
      const { anna, sam } = play(steps);
      // As a ledger is read anew: one's own first, though they lean on the partner's.
      const replay = openVisionReplay(new Uint8Array(), hands.anna, seededRandom(3));
      const mine = anna.had.filter(({ who }) => who === "anna");
      const theirs = anna.had.filter(({ who }) => who === "sam");
      for (const said of [...mine, ...theirs]) {
        const author = said.who === "anna" ? "me" : "partner";
        const message = { author, time: 0, doubtful: false, body: said.body } as const;
        expect(replay.take({ ...message, bound: author === "partner" }).ok).toBe(true);
      }
      expect(wordsMark(replay.doc())).toBe(wordsMark(sam.replay.doc()));
    }),
    { numRuns: 150, seed: 20_261_124 },
  );
});

test("of every letter that stands there it is told who brought it, to both the same", () => {
  fc.assert(
    fc.property(someSteps, (steps) => {
      const { anna } = play(steps);
      const told = (["anna", "sam"] as const).map((who) => {
        const replay = openVisionReplay(new Uint8Array(), hands[who], seededRandom(4));
        const owners = layOwners();
        for (const said of anna.had) {
          const author = said.who === who ? "me" : "partner";
          const message = { author, time: 0, doubtful: false, body: said.body } as const;
          replay.take({ ...message, bound: author === "partner" });
          owners.step(replay.doc(), author);
        }
        return owners
          .words()
          .map((line) =>
            line.map((run) => ({ text: run.text, who: run.who === "me" ? who : other(who) })),
          );
      });
      expect(told[0]).toEqual(told[1]);
      const letters =
        told[0]
          ?.flat()
          .map(({ text }) => text)
          .join("") ?? "";
      const stands = textsOf(body(anna)).map(plainOf);
      const plain = (text: string): string => text.replaceAll(/\s/gu, "");
      expect(plain(letters)).toBe(plain(stands.join("")));
    }),
    { numRuns: 150, seed: 20_261_125 },
  );
});
