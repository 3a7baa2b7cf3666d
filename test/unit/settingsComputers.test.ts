import { describe, expect, test } from "vitest";
import { concernsNetwork, firstSettings, readSettings } from "../../shared/journal/settings.ts";
import { mostKnown } from "../../shared/people/space.ts";

describe("of how many computers of the partner's somebody knows", () => {
  test("at first it is the one that they met, so that another is told of", () => {
    expect(firstSettings.computersKnown).toBe(1);
    expect(readSettings({}).computersKnown).toBe(1);
  });

  test("what was put away stays put away", () => {
    expect(readSettings({ computersKnown: mostKnown }).computersKnown).toBe(mostKnown);
  });

  test("anything strange tells of them once more, and never keeps silent", () => {
    for (const strange of [0, -1, 1.5, mostKnown + 1, "2", null, Number.NaN])
      expect(readSettings({ computersKnown: strange }).computersKnown).toBe(1);
  });

  test("putting it away does not connect anew: nobody learns that somebody sits here", () => {
    expect(concernsNetwork(firstSettings, { ...firstSettings, computersKnown: 2 })).toBe(false);
  });
});
