import { expect, test } from "vitest";
import { appKeys } from "../../renderer/palette/appKeys.ts";
import { isModKey, nameOfKey, shortcutOf } from "../../renderer/palette/keyNames.ts";
import { matchNames, matchTitles } from "../../renderer/palette/matchCommands.ts";
import { createWishes } from "../../renderer/ui/wishes.tsx";
import { makeCard, page } from "./arrivalsKit.ts";

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

test("keys are named as the keyboard in front of one names them", () => {
  expect(nameOfKey("Mod", "macos")).toEqual({ shown: "⌘", said: "Command" });
  for (const platform of ["linux", "windows", "other"] as const)
    expect(nameOfKey("Mod", platform).shown).toBe("Ctrl");
  expect(nameOfKey("Shift", "linux").shown).toBe("Shift");
  expect(nameOfKey("Shift", "macos").shown).toBe("⇧");
  expect(nameOfKey("K", "macos").shown).toBe("K");
  expect(shortcutOf(["Mod", "K"], "macos")).toBe("Meta+K");
  expect(shortcutOf(["Mod", "K"], "windows")).toBe("Control+K");
});

test("the palette opens with the platform’s own key and no other", () => {
  expect(isModKey(press("k", { ctrlKey: true }), "k", "linux")).toBe(true);
  expect(isModKey(press("K", { metaKey: true }), "k", "macos")).toBe(true);
  // Ctrl-K cuts to the end of the line in a Mac's fields, and Mod-Shift-K is the editor's link.
  expect(isModKey(press("k", { ctrlKey: true }), "k", "macos")).toBe(false);
  expect(isModKey(press("k", { metaKey: true }), "k", "windows")).toBe(false);
  expect(isModKey(press("k", { ctrlKey: true, shiftKey: true }), "k", "linux")).toBe(false);
  expect(isModKey(press("k"), "k", "linux")).toBe(false);
});

test("no two lines of the sheet of keys are the same", () => {
  const ids = appKeys.flatMap(({ rows }) => rows.map(({ id }) => id));
  expect(new Set(ids).size).toBe(ids.length);
});

test("a command answers to the beginnings of its words, in any order, and of the others it goes by", () => {
  const names = ["Write an entry new page", "Journal entries list", "Zoë’s day"];
  const match = (typed: string) => matchNames(names, (name) => name, typed);
  expect(match("")).toEqual(names);
  expect(match("ent wri")).toEqual([names[0]]);
  expect(match("ENTR")).toEqual([names[0], names[1]]);
  expect(match("zoe")).toEqual([names[2]]);
  expect(match("ournal")).toEqual([]);
});

test("entries are matched by their title alone; closed, newer and untitled ones never", () => {
  const cards = [
    makeCard(1, { title: "The canal", excerpt: "a secret" }),
    makeCard(2, { title: "", excerpt: "canal" }),
    makeCard(3, { title: "canal", opened: false }),
    makeCard(4, { title: "canal", kind: "newer" }),
    makeCard(5, { title: "Canal boats", tags: ["harbour"] }),
  ];
  const match = (typed: string, most = 8) => matchTitles(cards, typed, most).map(({ id }) => id);
  expect(match("canal")).toEqual([page(1), page(5)]);
  expect(match("canal", 1)).toEqual([page(1)]);
  expect(match("secret")).toEqual([]);
  expect(match("harbour")).toEqual([]);
  expect(match("  ")).toEqual([]);
});

test("a wish is granted by the screen that is there, or by the next one that can, and only once", () => {
  const wishes = createWishes();
  const granted: string[] = [];
  wishes.wish("find");
  expect(wishes.isHeard("find")).toBe(false);
  const leave = wishes.listen("find", () => granted.push("first"));
  expect(granted).toEqual(["first"]);
  leave();
  wishes.listen("find", () => granted.push("second"));
  expect(granted).toEqual(["first"]);
  // The screen that was there first goes after the next one has come.
  leave();
  wishes.wish("find");
  expect(granted).toEqual(["first", "second"]);
  wishes.wish("jump");
  wishes.wish("letter");
  wishes.listen("jump", () => granted.push("forgotten"));
  expect(granted).toEqual(["first", "second"]);
});
