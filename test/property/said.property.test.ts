import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  cleanSaid,
  longestLine,
  practiceKinds,
  readSaid,
  type Said,
  saidNames,
} from "../../shared/page/said.ts";

/** What may stand under a name in a page that anybody wrote. */
const anything = fc.oneof(
  fc.anything({ withBigInt: true, withNullPrototype: true }),
  fc.jsonValue(),
  fc.string({ unit: "binary", maxLength: 2_000 }),
  fc.array(fc.string(), { maxLength: 200 }),
  fc.constantFrom("2026-11-26", "weekly", "space", "a".repeat(32), 60, 1e308, -1, Number.NaN),
);

const kinds = fc.constantFrom(...practiceKinds);

const valuesOf = (said: Said): Readonly<Record<string, unknown>> => {
  const { kind: _, ...values } = said;
  return values;
};

describe("what a practice says", () => {
  test("whatever a partner's app wrote, only this kind's names are read, and only short plain values", () => {
    fc.assert(
      fc.property(kinds, fc.dictionary(fc.string(), anything), anything, (kind, wrote, any) => {
        const said = readSaid(kind, (name) => wrote[name] ?? any);
        expect(said.kind).toBe(kind);
        for (const [name, value] of Object.entries(valuesOf(said))) {
          expect(saidNames(kind)).toContain(name);
          for (const one of [value].flat()) {
            expect(["string", "number"]).toContain(typeof one);
            expect([...String(one)].length).toBeLessThanOrEqual(longestLine);
            expect(String(one)).not.toMatch(/[\p{Cc}\p{Cs}]/u);
            expect(String(one)).not.toBe("");
          }
          expect([value].flat().length).toBeLessThanOrEqual(64);
        }
      }),
    );
  });

  test("what was written down once is read as it was written", () => {
    fc.assert(
      fc.property(kinds, anything, (kind, any) => {
        const said = valuesOf(readSaid(kind, () => any));
        expect(cleanSaid(kind, said)).toEqual(said);
      }),
    );
  });
});
