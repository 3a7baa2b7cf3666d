import type { MessageBoxOptions } from "electron";
import { expect, test } from "vitest";
import { createOutside, type OutsideParts } from "../../electron/outside.ts";
import { shellTexts } from "../../electron/texts.ts";
import german from "../../renderer/i18n/de/outside.json" with { type: "json" };
import english from "../../renderer/i18n/en/outside.json" with { type: "json" };
import { createStandInWindow } from "../electron/standInContents.ts";

/** `presses`: the button; what is not pressed yet keeps the question on the screen. */
const person = (
  presses: number | Promise<number>,
  { breaks = false, language = "en" }: { breaks?: boolean; language?: "en" | "de" } = {},
) => {
  const asked: MessageBoxOptions[] = [];
  const opened: string[] = [];
  const { window } = createStandInWindow();
  const outside = createOutside({
    dialog: {
      showMessageBox: (async (_window: unknown, options: MessageBoxOptions) => {
        asked.push(options);
        return { response: await presses, checkboxChecked: false };
      }) as unknown as OutsideParts["dialog"]["showMessageBox"],
    },
    shell: {
      openExternal: async (address) => {
        if (breaks) throw new Error("no browser");
        opened.push(address);
      },
    },
    window: () => window,
    texts: () => shellTexts[language],
  });
  return { asked, opened, window, outside };
};
const stay = 0;
const open = 1;

test("an address is opened only after a question that shows it whole, and Enter and Esc stay", async () => {
  const { asked, opened, outside } = person(open);
  expect(await outside.open("https://example.org/help?x=1#y")).toBe("opened");
  expect(opened).toEqual(["https://example.org/help?x=1#y"]);
  expect(asked).toHaveLength(1);
  expect(asked[0]?.message).toBe("Open example.org in your browser?");
  expect(asked[0]?.detail).toContain("https://example.org/help?x=1#y");
  expect(asked[0]).toMatchObject({ defaultId: stay, cancelId: stay });
  expect(asked[0]?.buttons?.[stay]).toBe("Stay here");
});

test.each([
  ["en", english],
  ["de", german],
] as const)(
  "the system's window asks in the very words of the page: %s",
  async (language, page) => {
    const { asked, outside } = person(stay, { language });
    await outside.open("https://example.org/help");
    expect(asked[0]).toMatchObject({
      message: page.title.replace("{{host}}", "example.org"),
      detail: `https://example.org/help\n\n${page.text}`,
      buttons: [page.stay, page.open],
    });
  },
);

test("the question goes when the journal is locked or hidden, and opens nothing that was pressed after it", async () => {
  let press: (button: number) => void = () => {};
  const { asked, opened, outside } = person(new Promise<number>((resolve) => (press = resolve)));
  const answer = outside.open("https://example.org/from-a-page");
  expect(asked[0]?.signal?.aborted).toBe(false);
  outside.end();
  expect(asked[0]?.signal?.aborted).toBe(true);
  press(open);
  expect(await answer).toBe("stayed");
  expect(opened).toEqual([]);
  outside.end();
  const { outside: again, opened: then } = person(open);
  expect(await again.open("https://example.org/")).toBe("opened");
  expect(then).toHaveLength(1);
});

test("whoever stays contacts nobody", async () => {
  const { opened, outside } = person(stay);
  expect(await outside.open("https://example.org/")).toBe("stayed");
  expect(opened).toEqual([]);
});

test("a host that only looks like another is shown, and opened, by its plain letters", async () => {
  const { asked, opened, outside } = person(open);
  // The first letter is Cyrillic.
  await outside.open("https://\u0430pple.com/");
  expect(asked[0]?.message).toContain("xn--pple-43d.com");
  expect(opened).toEqual(["https://xn--pple-43d.com/"]);
});

test("what turns or hides a line is shown as what it is", async () => {
  const { asked, outside } = person(stay);
  await outside.open("https://example.org/\u202Egro.elpmaxe");
  expect(asked[0]?.detail).toContain("https://example.org/%E2%80%AEgro.elpmaxe");
});

test.each([
  "http://example.org/",
  "file:///etc/passwd",
  "javascript:alert(1)",
  "data:text/html,x",
  "mailto:a@example.org",
  "twofold://pair#AAA",
  "smb://example.org/x",
  "https://user:secret@example.org/",
  "https://example.org@evil.example/",
  "https://example.org\\@evil.example/",
  "https://exa mple.org/",
  "https://",
  "https:example.org",
  " https://example.org/",
  `https://example.org/${"x".repeat(3_000)}`,
  "not an address",
  "",
])("%s is never opened, and nobody is asked", async (address) => {
  const { asked, opened, outside } = person(open);
  expect(await outside.open(address)).toBe("refused");
  expect([asked, opened]).toEqual([[], []]);
});

test("a very long address does not push the buttons off the screen", async () => {
  const { asked, outside } = person(stay);
  await outside.open(`https://example.org/${"x".repeat(1_500)}`);
  expect(asked[0]?.detail?.length).toBeLessThan(600);
});

test("there is one question at a time", async () => {
  let answer: (button: number) => void = () => undefined;
  const { asked, outside } = person(new Promise((resolve) => (answer = resolve)));
  const first = outside.open("https://example.org/");
  expect(await outside.open("https://example.com/")).toBe("refused");
  answer(stay);
  expect(await first).toBe("stayed");
  expect(asked).toHaveLength(1);
});

test("a computer that can open none, and a window that is gone, say so", async () => {
  const { outside } = person(open, { breaks: true });
  expect(await outside.open("https://example.org/")).toBe("refused");
  const gone = person(open);
  gone.window.destroy();
  expect(await gone.outside.open("https://example.org/")).toBe("refused");
  expect(gone.asked).toEqual([]);
});
