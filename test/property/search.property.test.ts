import * as fc from "fast-check";
import { expect, test } from "vitest";
import { hitsIn, wordsAround } from "../../shared/journal/find/hits.ts";
import { eachWord, forEachWord, searchWords } from "../../shared/journal/find/searchWords.ts";

test("the quick way through a text finds the words that the thorough one finds", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
      for (const each of [text, `It’s “${text}” – née ÷ Łódź²`]) {
        const quick: string[] = [];
        forEachWord(each, (word) => quick.push(word));
        expect(quick).toEqual([...each.matchAll(eachWord)].map(([word]) => word));
      }
    }),
  );
});

test("the quick way to the first hit leads where the thorough one does", () => {
  const letters = fc.constantFrom("a", "b", "A", " ", "’", "1", ".");
  fc.assert(
    fc.property(fc.string({ unit: letters, maxLength: 40 }), (text) => {
      const long = `${text} ${"zz ".repeat(100)}`;
      const wanted = searchWords("ab");
      // One letter at its end that has to be taken apart makes the text go the thorough way.
      expect(wordsAround(long, wanted)).toBe(wordsAround(`${long}é`, wanted));
      const [hit = { from: 0, to: 0 }] = hitsIn(long, wanted, 1);
      expect(wordsAround(long, wanted)).toContain(long.slice(hit.from, hit.to));
    }),
  );
});
