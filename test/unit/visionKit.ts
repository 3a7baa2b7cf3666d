import * as Y from "yjs";
import type { Journal } from "../../shared/journal/journal.ts";
import type { VisionPage } from "../../shared/journal/vision.ts";
import { plainWords } from "../../shared/page/words.ts";
import { must } from "../support/twoPartners.ts";

export const bodyOf = ({ body }: Pick<VisionPage, "body">): Y.XmlFragment => {
  if (!(body instanceof Y.XmlFragment)) throw new Error("not a page's body");
  return body;
};

/** A paragraph behind the others. */
export const addLine = (page: Pick<VisionPage, "body">, text: string): void =>
  insertLine(page, bodyOf(page).length, text);

export const insertLine = (page: Pick<VisionPage, "body">, at: number, text: string): void => {
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.insert(0, [new Y.XmlText(text)]);
  bodyOf(page).insert(at, [paragraph]);
};

/** The text of a paragraph, to type in. */
export const textAt = (page: Pick<VisionPage, "body">, at: number): Y.XmlText => {
  const paragraph = bodyOf(page).get(at);
  const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : undefined;
  if (!(text instanceof Y.XmlText)) throw new Error("no such line");
  return text;
};

export const wordsOn = (page: Pick<VisionPage, "body">): string => plainWords(bodyOf(page), 1e6);

/** As somebody reads it who opens it now. */
export const readVision = async (journal: Journal): Promise<string> => {
  const page = must(await journal.vision.open());
  const words = wordsOn(page);
  await page.close();
  return words;
};

/** Whose the words are, as it is shown: "me: … | partner: …", line for line. */
export const readWhose = async (journal: Journal): Promise<readonly string[]> =>
  must(await journal.vision.whose()).map((line) =>
    line.map(({ who, text }) => `${who}: ${text}`).join(" | "),
  );
