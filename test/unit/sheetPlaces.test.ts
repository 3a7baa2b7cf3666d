import { expect, test } from "vitest";
import { createSheetPlaces } from "../../shared/ledger/sheetPlaces.ts";
import { pickNumber, seededRandom } from "../support/seededRandom.ts";

test("a key is found where it stands, however often is asked and wherever it went", () => {
  for (let seed = 1; seed <= 40; seed++) {
    const random = seededRandom(seed);
    const places = createSheetPlaces();
    const expected = new Map<string, number>();
    for (let step = 0; step < 160; step++) {
      const key = `key${pickNumber(random, 25)}`;
      const act = pickNumber(random, seed % 2 === 0 ? 3 : 9);
      if (act === 0 && !expected.has(key)) {
        places.add(step, [key, `only${step}`]);
        expected.set(key, step).set(`only${step}`, step);
      } else if (act === 1) {
        places.leave(key);
        expected.delete(key);
      }
      expect({ seed, step, sheet: places.find(key) }).toEqual({
        seed,
        step,
        sheet: expected.get(key),
      });
    }
  }
});
