import { expect, test } from "vitest";
import type { Piece } from "../../shared/page/pieces.ts";
import { cutAll, openPage, pasteHtml, photo, readPage, said, words } from "./editorDesk.ts";

const task = (done: boolean, ...inside: Piece[]): Piece => ({ kind: "task", done, inside });

const everything: readonly Piece[] = [
  { kind: "heading", level: 2, inside: [words("A heading")] },
  { kind: "tasks", inside: [task(true, said("ticked")), task(false, said("not yet"))] },
  { kind: "line" },
  { kind: "numbers", start: 4, inside: [{ kind: "item", inside: [said("four")] }] },
];

test.each([
  [
    "a web page",
    `<ul class="contains-task-list"><li class="task-list-item"><input type="checkbox" checked disabled> done</li><li><input type="checkbox"> open<ul><li><p><input type="checkbox"> below</p></li></ul></li></ul>`,
  ],
  [
    "a text processor on the web",
    `<ul><li role="checkbox" aria-checked="true"><img alt="" aria-roledescription="checkbox" width="18"><p>done</p></li><li role="checkbox" aria-checked="false"><p>open</p><ul><li role="checkbox" aria-checked="false"><p>below</p></li></ul></li></ul>`,
  ],
  [
    "a notebook",
    `<ul style="--en-todo:true;"><li style="--en-checked:true;"><div>done</div></li><li style="--en-checked:false;"><div>open</div><ul style="--en-todo:true;"><li style="--en-checked:false;"><div>below</div></li></ul></li></ul>`,
  ],
])("a checklist of %s stays one, with its ticks", async (_, html) => {
  const page = await openPage();
  await pasteHtml(page, html);
  expect(await readPage(page)).toEqual([
    {
      kind: "tasks",
      inside: [
        task(true, said("done")),
        task(false, said("open"), { kind: "tasks", inside: [task(false, said("below"))] }),
      ],
    },
  ]);
});

test("what is copied from a page comes back as it was, and a stray box or list type is left behind", async () => {
  const page = await openPage(everything);
  const clip = await cutAll(page);
  await pasteHtml(page, clip.html);
  expect(await readPage(page)).toEqual(everything);
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await pasteHtml(
    page,
    `<p><input type="checkbox"> a word <input value="typed"></p><hr><ol type="a" start="3"><li>c</li></ol><p>x</p>`,
  );
  expect(await readPage(page)).toEqual([
    said("a word"),
    { kind: "line" },
    { kind: "numbers", start: 3, inside: [{ kind: "item", inside: [said("c")] }] },
    said("x"),
  ]);
});

test("a photo is moved within its page, and its key is never on the clipboard", async () => {
  const page = await openPage([said("one"), photo(""), said("two")]);
  const clip = await cutAll(page);
  expect(clip.html).toContain("figure");
  expect(`${clip.html}${clip.text}`).not.toMatch(/kkkk|cccc/);
  expect(await readPage(page)).toEqual([{ kind: "paragraph", inside: [] }]);
  await pasteHtml(page, clip.html);
  expect(await readPage(page)).toEqual([said("one"), photo(""), said("two")]);
});
