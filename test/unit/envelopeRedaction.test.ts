import { beforeAll, describe, expect, test } from "vitest";
import { concatBytes } from "../../shared/base/bytes.ts";
import { newId, type PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { envelopeKey } from "../../shared/envelope/envelope.ts";
import { decodeRedaction, encodeRedaction, redactionOf } from "../../shared/envelope/redaction.ts";
import { standInsOf } from "../../shared/envelope/standIns.ts";
import { createSurvey } from "../../shared/ledger/holes.ts";
import {
  admissionFor,
  admitAll,
  at,
  codeOf,
  makeCouple,
  type Couple,
  type Me,
  type Notebook,
  type Written,
} from "./envelopeKit.ts";
import { writeRaw } from "./redactionKit.ts";

let couple: Couple;
let page: PageId;
beforeAll(async () => {
  await loadSodium();
  couple = makeCouple("redaction");
  page = newId<PageId>(couple.random);
});

const words = (length: number): Uint8Array => couple.random(length);

/** Ben writes so many messages of one page, then withdraws those at `withdrawn` (sequences), then one more. */
const story = (count: number, withdrawn: readonly number[]) => {
  const lines: Written[] = [];
  for (let seq = 1; seq <= count; seq++)
    lines.push(
      writeRaw(couple, couple.ben, couple.bens, {
        page,
        body: words(40),
        after: lines.at(-1)?.message,
      }),
    );
  const redaction = redact(
    lines.filter((_, index) => withdrawn.includes(index + 1)),
    at(lines, -1),
  );
  const last = writeRaw(couple, couple.ben, couple.bens, {
    page,
    body: words(10),
    after: redaction.message,
  });
  return { lines, redaction, last, all: [...lines, redaction, last] };
};

const redact = (
  withdrawn: readonly Written[],
  after: Written,
  changes: { readonly author?: Me; readonly notebook?: Notebook; readonly body?: Uint8Array } = {},
): Written =>
  writeRaw(couple, changes.author ?? couple.ben, changes.notebook ?? couple.bens, {
    kind: "redaction",
    page,
    body: changes.body ?? encodeRedaction(withdrawn.map(({ message }) => message)),
    after: after.message,
  });

const ids = (written: readonly Written[]): readonly string[] =>
  written.map(({ message }) => message.id);

describe("a redaction's records", () => {
  test("are read as they were written: id and header of each, and nothing of the words", () => {
    const { lines } = story(3, [1]);
    const body = encodeRedaction(lines.map(({ message }) => message));
    expect(body.length).toBe(3 * 168);
    expect(decodeRedaction(body)).toEqual({
      ok: true,
      value: lines.map(({ message }) => ({ id: message.id, header: message.header })),
    });
  });

  test("are refused with any one bit of id, header or commitment flipped", () => {
    const { lines } = story(1, [1]);
    const body = encodeRedaction(lines.map(({ message }) => message));
    for (let bit = 0; bit < body.length * 8; bit++) {
      const flipped = body.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(decodeRedaction(flipped)).toMatchObject({ ok: false, code: "BAD_PAYLOAD" });
    }
  });

  test("are refused where there are none, too many, or bytes left over", () => {
    const { lines } = story(1, [1]);
    const record = encodeRedaction(lines.map(({ message }) => message));
    const many = new Uint8Array(168 * 4097);
    for (const body of [
      new Uint8Array(),
      record.subarray(1),
      concatBytes(record, Uint8Array.of(0)),
      many,
    ])
      expect(decodeRedaction(body)).toMatchObject({ ok: false, code: "BAD_PAYLOAD" });
  });

  test("are refused out of order, or twice", () => {
    const { lines } = story(2, [1]);
    const [one, two] = lines.map(({ message }) => encodeRedaction([message]));
    if (one === undefined || two === undefined) throw new Error("not written");
    for (const body of [concatBytes(two, one), concatBytes(one, one)])
      expect(decodeRedaction(body)).toMatchObject({ ok: false, code: "BAD_PAYLOAD" });
  });

  test.each(["ack", "redaction", "roster"] as const)(
    "are refused for a message of kind %s",
    (kind) => {
      const message = writeRaw(couple, couple.ben, couple.bens, {
        kind,
        page,
        body: words(4),
      }).message;
      expect(() => encodeRedaction([message])).toThrow(RangeError);
    },
  );

  test("of another author, another notebook or another couple, or not from before, say nothing", () => {
    const { lines } = story(3, [1]);
    const adas = writeRaw(couple, couple.ada, couple.adas, { page, body: words(4) });
    const adasInOurs = writeRaw(couple, couple.ada, couple.ours, { page, body: words(4) });
    const bensInOurs = writeRaw(couple, couple.ben, couple.ours, { page, body: words(4) });
    const strangers = makeCouple("strangers");
    const elsewhere = writeRaw({ ...strangers, roster: couple.roster }, couple.ben, couple.bens, {
      page,
      body: words(4),
    });
    for (const other of [adas, adasInOurs, bensInOurs, elsewhere])
      expect(redactionOf(redact([other], at(lines, 2)).message)).toMatchObject({ ok: false });
    expect(redactionOf(redact([at(lines, 2)], at(lines, 0)).message)).toMatchObject({ ok: false });
    expect(redactionOf(redact([at(lines, 1)], at(lines, 0)).message)).toMatchObject({ ok: false });
    expect(redactionOf(redact([at(lines, 0)], at(lines, 0)).message)).toMatchObject({ ok: true });
  });
});

describe("what was withdrawn before it came", () => {
  const orders = (items: readonly Written[]): readonly (readonly Written[])[] =>
    items.length <= 1
      ? [items]
      : items.flatMap((item, index) =>
          orders(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
        );

  test("leaves no gap: its redaction's records stand for it, whatever comes first", () => {
    const { lines, redaction, last, all } = story(4, [2, 3]);
    const sent = [at(lines, 0), at(lines, 3), redaction, last];
    for (const order of orders(sent)) {
      for (const together of [true, false]) {
        const admission = admissionFor(couple, couple.ada);
        if (together) admitAll(admission, order);
        else for (const one of order) admitAll(admission, [one]);
        expect(admission.chains.heads()).toMatchObject([{ seq: 6, id: last.message.id }]);
        expect(
          [1, 2, 3, 4, 5, 6].map((seq) =>
            admission.chains.idAt(couple.bens.id, couple.ben.device, seq),
          ),
        ).toEqual(ids(all));
      }
    }
  });

  test("the same where it is the first of its chain, or the one right before its redaction", () => {
    for (const withdrawn of [[1], [3], [1, 2, 3]]) {
      const { lines, redaction, last } = story(3, withdrawn);
      const sent = lines.filter((_, index) => !withdrawn.includes(index + 1));
      const admission = admissionFor(couple, couple.ada);
      admitAll(admission, [last, redaction, ...sent]);
      expect(admission.chains.heads()).toMatchObject([{ seq: 5, id: last.message.id }]);
    }
  });

  test("is known and no more when it comes after all, and is not among what is to be stored", () => {
    const { lines, redaction } = story(3, [2]);
    const admission = admissionFor(couple, couple.ada);
    admitAll(admission, [at(lines, 0), redaction, at(lines, 2)]);
    const judged = admission.judge([at(lines, 1).envelope]);
    expect(judged.outcomes).toEqual([{ outcome: "DUP" }]);
    expect(judged.chained).toEqual([]);
  });

  test("a redaction that was held until its gaps were filled is accepted, with all that it released", () => {
    const { lines, redaction } = story(3, [2, 3]);
    const admission = admissionFor(couple, couple.ada);
    const judged = admission.judge([at(lines, 0).envelope, redaction.envelope]);
    expect(judged.outcomes.map(codeOf)).toEqual(["ACCEPT", "ACCEPT"]);
    expect(ids(judged.admitted)).toEqual([at(lines, 0).message.id, redaction.message.id]);
    expect(judged.chained.map((one) => ("message" in one ? "message" : one.header.seq))).toEqual([
      "message",
      2,
      3,
      "message",
    ]);
  });

  test("a reader whose room for what waits is full takes a redaction's word all the same", () => {
    const { lines, redaction, last } = story(6, [1]);
    const admission = admissionFor(couple, couple.ada, { bounds: { messages: 3, bytes: 1 << 20 } });
    admitAll(admission, lines.slice(1, 4));
    const judged = admission.judge([redaction.envelope]);
    admission.commit(judged);
    expect(judged.chained).toHaveLength(4);
    admitAll(admission, [at(lines, 4), at(lines, 5), redaction, last]);
    expect(admission.chains.heads()).toMatchObject([{ seq: 8, id: last.message.id }]);
  });

  test("a reader without room to hold a redaction takes it where its own records bring its turn", () => {
    const { lines, redaction } = story(2, [2]);
    const admission = admissionFor(couple, couple.ada, { bounds: { messages: 0, bytes: 0 } });
    expect(admitAll(admission, [at(lines, 0), redaction])).toEqual(["ACCEPT", "ACCEPT"]);
    expect(admission.chains.heads()).toMatchObject([{ seq: 3, id: redaction.message.id }]);
  });

  test("a redaction that could not be held is forgotten with its records, and comes again", () => {
    const { lines, redaction, last } = story(4, [2]);
    const admission = admissionFor(couple, couple.ada, { bounds: { messages: 1, bytes: 1 << 20 } });
    expect(admitAll(admission, [at(lines, 3), redaction, at(lines, 0)])).toEqual([
      "PENDING",
      "HELD_FULL",
      "ACCEPT",
    ]);
    expect(admission.chains.heads()).toMatchObject([{ seq: 1 }]);
    admitAll(admission, [redaction, at(lines, 2), redaction, last]);
    expect(admission.chains.heads()).toMatchObject([{ seq: 6, id: last.message.id }]);
  });

  test("a replay is given the records of redactions that lie far beyond what may wait", () => {
    const { lines, redaction, last } = story(8, [2, 5]);
    const admission = admissionFor(couple, couple.ada, { bounds: { messages: 1, bytes: 1 << 20 } });
    admission.offerStandIns(
      standInsOf({ ...redaction, key: envelopeKey(redaction.envelope), vouched: false }),
    );
    const kept = lines.filter((_, index) => index !== 1 && index !== 4);
    expect(admitAll(admission, [...kept, redaction, last])).toEqual(
      [...kept, redaction, last].map(() => "ACCEPT"),
    );
    expect(admission.chains.heads()).toMatchObject([{ seq: 10, id: last.message.id }]);
  });

  test("a judging that the disk refuses leaves no trace, and the next one finds the same", () => {
    const { lines, redaction, last } = story(3, [2]);
    const admission = admissionFor(couple, couple.ada);
    const sent = [at(lines, 0), redaction, at(lines, 2), last].map(({ envelope }) => envelope);
    admission.judge(sent);
    expect(admission.chains.heads()).toEqual([]);
    const judged = admission.judge(sent);
    admission.commit(judged);
    expect(admission.chains.heads()).toMatchObject([{ seq: 5 }]);
  });
});

describe("a redaction that says something else than was received", () => {
  const rivals = () => {
    const { lines } = story(3, [1]);
    const rival = writeRaw(couple, couple.ben, couple.bens, {
      page,
      body: words(9),
      after: at(lines, 0).message,
    });
    return { lines, rival };
  };

  test("is a fork like any other message: the chain freezes and keeps what was there", () => {
    const { lines, rival } = rivals();
    for (const before of [lines, lines.slice(0, 2)]) {
      const admission = admissionFor(couple, couple.ada);
      admitAll(admission, before);
      const redaction = redact([rival], at(lines, 2));
      const judged = admission.judge([redaction.envelope]);
      admission.commit(judged);
      expect(judged.outcomes[0]).toMatchObject({ outcome: "FORK", fork: { seq: 2 } });
      expect(admission.chains.isFrozen(couple.bens.id, couple.ben.device)).toBe(true);
      expect(admission.chains.idAt(couple.bens.id, couple.ben.device, 2)).toBe(
        at(lines, 1).message.id,
      );
      expect(admitAll(admission, [redaction])).toEqual(["FROZEN"]);
    }
  });

  test("a message that comes to a place that a record had taken is a fork as well", () => {
    const { lines, rival } = rivals();
    const admission = admissionFor(couple, couple.ada);
    const redaction = redact([rival], at(lines, 2));
    expect(admitAll(admission, [at(lines, 0), redaction, at(lines, 1)])).toEqual([
      "ACCEPT",
      "PENDING",
      "FORK",
    ]);
  });

  test("a message and a record that wait for the same place are kept, both, and neither is admitted", () => {
    const { lines, rival } = rivals();
    const admission = admissionFor(couple, couple.ada);
    const redaction = redact([rival], at(lines, 2));
    const judged = admission.judge(
      [at(lines, 1), redaction, at(lines, 0)].map(({ envelope }) => envelope),
    );
    admission.commit(judged);
    expect(judged.forks).toMatchObject([{ seq: 2, kept: { length: 2 } }]);
    expect(admission.chains.heads()).toMatchObject([{ seq: 1 }]);
  });
});

describe("a partner who would use it on what is not theirs", () => {
  test("has a message in their own chain, and mine stands as it stood", () => {
    const admission = admissionFor(couple, couple.ada);
    const mine = writeRaw(couple, couple.ada, couple.ours, { page, body: words(4) });
    admission.record(mine.message);
    const theirs = writeRaw(couple, couple.ben, couple.ours, { page, body: words(4) });
    const redaction = redact([mine], theirs, { notebook: couple.ours });
    expect(admitAll(admission, [theirs, redaction])).toEqual(["ACCEPT", "ACCEPT"]);
    expect(admission.chains.idAt(couple.ours.id, couple.ada.device, 1)).toBe(mine.message.id);
    expect(admission.chains.isFrozen(couple.ours.id, couple.ada.device)).toBe(false);
  });

  test("cannot fill a gap in my chain, nor one in a chain that is not in the redaction's notebook", () => {
    const admission = admissionFor(couple, couple.ada);
    const first = writeRaw(couple, couple.ben, couple.ours, { page, body: words(4) });
    const { lines } = story(2, [1]);
    const redaction = redact([first], at(lines, 1));
    admitAll(admission, [redaction]);
    expect(admission.chains.heads()).toEqual([]);
  });

  test("cannot throw or hang with records of any sort", () => {
    const { lines } = story(4, [1]);
    const body = encodeRedaction(lines.map(({ message }) => message));
    for (let length = 0; length <= body.length; length += 7) {
      const admission = admissionFor(couple, couple.ada);
      const cut = redact([], at(lines, 3), { body: body.subarray(0, length) });
      admitAll(admission, [cut, ...lines]);
      expect(admission.chains.heads()).toMatchObject([{ seq: 5 }]);
    }
  });
});

describe("before a journal is made anew, what stands in for what is missing", () => {
  /** Which records a survey chooses, of volumes that hold these. */
  const chosen = (...volumes: readonly (readonly Written[])[]): readonly string[] => {
    const messages = new Map(
      volumes.flat().map(({ message, envelope }) => [envelopeKey(envelope), message]),
    );
    const survey = createSurvey(({ key }) => {
      const message = messages.get(key);
      return message && { message, vouched: false };
    });
    for (const [index, written] of volumes.entries())
      survey.note(
        written.map(({ envelope }) => ({ key: envelopeKey(envelope), envelope, own: undefined })),
        index + 1,
      );
    return survey.standIns().map(({ id }) => id);
  };

  /** Two accounts of seq 2 and 3, each with a redaction of its own; which came first, only the volumes say. */
  const accounts = () => {
    const { lines, redaction } = story(3, [2, 3]);
    const first = at(lines, 0);
    const two = writeRaw(couple, couple.ben, couple.bens, {
      page,
      body: words(9),
      after: first.message,
    });
    const three = writeRaw(couple, couple.ben, couple.bens, {
      page,
      body: words(9),
      after: two.message,
    });
    return { first, lines, redaction, rivals: [two, three], other: redact([two, three], three) };
  };

  test("is every record whose message is nowhere", () => {
    const { lines, redaction } = story(4, [2, 3]);
    const gone = ids(lines.slice(1, 3));
    expect(chosen([at(lines, 0), at(lines, 3), redaction])).toEqual(gone);
    expect(chosen([at(lines, 0)], [at(lines, 3)], [redaction])).toEqual(gone);
    expect(chosen([redaction], [at(lines, 3), at(lines, 0)])).toEqual(gone);
  });

  test("is none where the message has yet to leave", () => {
    const { lines, redaction } = story(3, [2]);
    expect(chosen([...lines, redaction])).toEqual([]);
    expect(chosen(lines, [redaction])).toEqual([]);
    expect(chosen([redaction], lines)).toEqual([]);
  });

  test("is the account of the earlier volume, where two differ", () => {
    const { first, lines, redaction, rivals, other } = accounts();
    expect(chosen([first, redaction], [other])).toEqual(ids(lines.slice(1)));
    expect(chosen([first, other], [redaction])).toEqual(ids(rivals));
  });

  test("is none where another message was there before", () => {
    const { first, lines, redaction, rivals, other } = accounts();
    expect(chosen([...lines], [other])).toEqual([]);
    expect(chosen([first, redaction], rivals)).toEqual(ids(lines.slice(1)));
  });
});
