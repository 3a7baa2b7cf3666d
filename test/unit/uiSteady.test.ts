import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { breathAt, breathMs, breathParts } from "../../renderer/steady/breathPace.ts";
import { countryOf, crisisCountries, crisisReadOn } from "../../renderer/steady/crisisLines.ts";
import { createSteadyHold, longestHold } from "../../renderer/steady/steadyHold.ts";
import { createManualClock } from "../support/manualClock.ts";

describe("breathing", () => {
  test("is four in, four held and six out, second for second, and then again", () => {
    const said = Array.from({ length: 15 }, (_, second) => breathAt(second * 1_000));
    expect(said.map(({ part, left }) => `${part} ${left}`).join(", ")).toBe(
      "in 4, in 3, in 2, in 1, hold 4, hold 3, hold 2, hold 1, out 6, out 5, out 4, out 3, out 2, out 1, in 4",
    );
  });

  test("names the very moment at which the next number comes, whenever it is asked", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 * breathMs }), (elapsed) => {
        const now = breathAt(elapsed);
        const before = breathAt(elapsed + now.nextIn - 1);
        const next = breathAt(elapsed + now.nextIn);
        expect(now.nextIn).toBeGreaterThan(0);
        expect([before.part, before.left]).toEqual([now.part, now.left]);
        expect([next.part, next.left]).not.toEqual([now.part, now.left]);
      }),
    );
  });

  test("begins anew where the clock was set back, and stands nowhere between", () => {
    expect(breathAt(-5_000)).toEqual(breathAt(0));
    expect(breathParts.reduce((sum, { seconds }) => sum + seconds, 0) * 1_000).toBe(breathMs);
  });
});

describe("numbers to call", () => {
  test("every one of them says where it was read, and every country has the emergency number", () => {
    for (const { code, emergency, emergencySource, lines } of crisisCountries) {
      expect(new Intl.DisplayNames(["en"], { type: "region" }).of(code)).not.toBe(code);
      expect(emergency).toMatch(/^[0-9]{3}$/);
      expect(emergencySource).toMatch(/^[a-z0-9.-]+\.[a-z]+$/);
      expect(lines.length).toBeGreaterThan(0);
      for (const { number, name, source } of lines) {
        expect(number).toMatch(/^[0-9][0-9 ]{2,}$/);
        expect(name).not.toBe("");
        expect(source).toMatch(/^[a-z0-9.-]+\.[a-z]+(?:, [a-z0-9.-]+\.[a-z]+)*$/);
      }
    }
    expect(crisisReadOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  test("the country is taken from the language of this computer, or not guessed at all", () => {
    expect(countryOf(["en-GB", "de-DE"])).toBe("GB");
    expect(countryOf(["en", "de-DE"])).toBe("DE");
    expect(countryOf(["fr-FR", "en"])).toBeUndefined();
    expect(countryOf([])).toBeUndefined();
  });
});

describe("somebody who breathes while the journal locks", () => {
  test("keeps the page until they are done", async () => {
    const hold = createSteadyHold(createManualClock(0));
    hold.begin();
    let gone = false;
    const going = hold.over().then(() => (gone = true));
    await Promise.resolve();
    expect(gone).toBe(false);
    hold.end();
    await going;
    expect(gone).toBe(true);
  });

  test("keeps it for ten minutes and no longer", async () => {
    const clock = createManualClock(0);
    const hold = createSteadyHold(clock);
    hold.begin();
    let gone = false;
    const going = hold.over().then(() => (gone = true));
    clock.advance(longestHold - 1);
    await Promise.resolve();
    expect(gone).toBe(false);
    clock.advance(1);
    await going;
    expect(gone).toBe(true);
  });

  test("does not keep it where Steady is closed", async () => {
    const hold = createSteadyHold(createManualClock(0));
    await hold.over();
    hold.begin();
    hold.end();
    await hold.over();
  });
});
