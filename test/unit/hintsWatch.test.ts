import { expect, test } from "vitest";
import * as Y from "yjs";
import { readOwnText } from "../../renderer/ui/editor/ownText.ts";
import { watchWords } from "../../renderer/ui/editor/watchWords.ts";
import { typingPause, watchHints } from "../../renderer/ui/hints/hintWatch.ts";
import { findHints } from "../../renderer/ui/hints/patterns.ts";
import type { PageBody } from "../../shared/page/card.ts";
import { createManualClock } from "../support/manualClock.ts";

const paragraph = (text: string): Y.XmlElement => {
  const element = new Y.XmlElement("paragraph");
  element.insert(0, [new Y.XmlText(text)]);
  return element;
};

const desk = (first = "") => {
  const clock = createManualClock();
  const fragment = new Y.Doc().getXmlFragment("body");
  const body = fragment as unknown as PageBody;
  if (first !== "") fragment.push([paragraph(first)]);
  const shown: (string | undefined)[] = [];
  const stop = watchHints({
    clock,
    follow: (changed) => watchWords(body, changed),
    find: () => findHints(readOwnText(body), "owning", "en"),
    show: (hint) => shown.push(hint?.id),
  });
  return {
    clock,
    shown,
    stop,
    fragment,
    type: (text: string) => fragment.push([paragraph(text)]),
    pause: () => clock.advance(typingPause),
  };
};

test("a remark waits until the typing has paused", () => {
  const { clock, shown, type } = desk();
  type("I am sorry, but");
  clock.advance(typingPause - 1);
  type("I was tired");
  clock.advance(typingPause - 1);
  expect(shown).toEqual([]);
  clock.advance(1);
  expect(shown).toEqual(["but"]);
});

test("words from another day are not remarked on when their page is opened", () => {
  const { clock, shown, type, pause } = desk("It was late, but I went.");
  clock.advance(60_000);
  expect(shown).toEqual([]);
  type("I went by tram.");
  pause();
  expect(shown).toEqual([undefined]);
});

test("one remark at a time: what was written last goes first, and the one that stands stays while its words do", () => {
  const { shown, type, pause, fragment } = desk();
  type("You made me angry.");
  pause();
  type("At least I said so.");
  pause();
  type("That is all.");
  pause();
  fragment.delete(1, 1);
  pause();
  expect(shown).toEqual(["madeMe", "atLeast", "atLeast", undefined]);
});

test("a page that is left is not looked at any more", () => {
  const { clock, shown, type, stop, pause } = desk();
  type("but");
  stop();
  pause();
  type("at least");
  expect(shown).toEqual([]);
  expect(clock.waiting()).toBe(0);
});

test("a writer’s own words are read line by line, without what they quote", () => {
  const fragment = new Y.Doc().getXmlFragment("body");
  const quote = new Y.XmlElement("blockquote");
  quote.insert(0, [paragraph("you always")]);
  const list = new Y.XmlElement("bulletList");
  const item = new Y.XmlElement("listItem");
  item.insert(0, [paragraph("one"), paragraph("two")]);
  list.insert(0, [item]);
  const broken = new Y.XmlElement("paragraph");
  broken.insert(0, [new Y.XmlText("at"), new Y.XmlElement("hardBreak"), new Y.XmlText("least")]);
  fragment.push([paragraph("first"), quote, list, broken, new Y.XmlElement("paragraph")]);
  expect(readOwnText(fragment as unknown as PageBody)).toBe("first\none\ntwo\nat least");
});
