import { expect, test } from "vitest";
import { placesFor, sides, type Side } from "../../renderer/app/sides.ts";
import { groups, offersFor, places } from "../../renderer/begin/offers.ts";
import { roles, stages } from "../../shared/journal/journal.ts";
import { readSettings, writeSettings, firstSettings } from "../../shared/journal/settings.ts";

const all = Object.keys(places);

test("whatever somebody said of themselves, every place is there, once", () => {
  expect(Object.values(groups).flat().toSorted()).toEqual(all.toSorted());
});

test("what is offered first goes by who one is in this and how long ago it was, a few places and none twice", () => {
  const offers = roles.flatMap((role) => stages.map((stage) => offersFor(role, stage)));
  for (const offered of offers) {
    expect(offered).toHaveLength(4);
    expect(new Set(offered).size).toBe(4);
  }
  for (const stage of stages)
    expect(offersFor("hurt", stage)).not.toEqual(offersFor("broke", stage));
  for (const role of roles) expect(offersFor(role, "days")).not.toEqual(offersFor(role, "longer"));
});

test("side by side lies everything, for whoever it is; what helps first comes first", () => {
  for (const side of Object.keys(sides) as Side[])
    for (const role of roles) {
      const lies = placesFor(side, role);
      expect(lies.toSorted()).toEqual(sides[side].toSorted());
      // The line of the navigation leads there.
      expect(lies[0]).toBe(sides[side][0]);
    }
  expect(placesFor("forMe", "broke").indexOf("their-side")).toBeLessThan(
    placesFor("forMe", "hurt").indexOf("their-side"),
  );
  expect(placesFor("forMe", "hurt").slice(0, 2)).toContain("cues");
});

test("in the first days calm comes first, for whoever it is", () => {
  for (const role of roles) expect(offersFor(role, "days").slice(0, 2)).toContain("steady");
});

test("how long ago it was is kept, can be left open, and nothing else passes for it", () => {
  expect(firstSettings.stage).toBeUndefined();
  const stored = (stage: unknown) => readSettings({ ...writeSettings(firstSettings), stage });
  for (const stage of stages) expect(stored(stage).stage).toBe(stage);
  for (const other of ["soon", 3, null, undefined]) expect(stored(other).stage).toBeUndefined();
});
