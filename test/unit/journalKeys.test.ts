import { expect, test } from "vitest";
import texts from "../../renderer/i18n/en/journal.json";
import { editorKeys, editorTyped } from "../../renderer/ui/editor/keys.ts";
import { photoNode } from "../../renderer/ui/editor/photoNode.ts";

test("every key that a photo on the page answers to is on the sheet of keys, and says what it does", () => {
  const own = photoNode.config.addKeyboardShortcuts;
  if (own === undefined || own === null) throw new Error("a photo answers to no key");
  const answers = Object.keys(own.call({} as ThisParameterType<typeof own>));
  expect(answers).toContain("Mod-ArrowUp");
  const listed = new Set<string>(editorKeys.map(({ keys }) => keys.join("-")));
  expect(answers.filter((keys) => !listed.has(keys))).toEqual([]);
});

test("no two keys of the editor are the same, and each line of the sheet has its sentence", () => {
  const pressed = editorKeys.map(({ keys }) => keys.join("-"));
  expect(new Set(pressed).size).toBe(pressed.length);
  const said = editorKeys.map(({ id }) => texts.editor.keys[id]);
  expect(new Set(said).size).toBe(said.length);
  for (const words of [...said, ...editorTyped.map(({ id }) => texts.editor.keys[id])])
    expect(words).toMatch(/^[A-Z]/);
});
