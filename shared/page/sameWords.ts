import * as Y from "yjs";
import { pageMeta, pageWords, type PageDoc } from "./pageDoc.ts";

/**
 * Everything that makes the words of a page look as they do, as one text: two pages with the same one read the same.
 * Written from the items, since `toDelta` copies every open format for every piece (see words.ts).
 */
export const wordsMark = (doc: PageDoc): string => {
  const title = pageMeta(doc).get("title");
  return JSON.stringify(typeof title === "string" ? title : "") + bodyMark(doc);
};

export const sameBody = (one: PageDoc, other: PageDoc): boolean =>
  bodyMark(one) === bodyMark(other);

const bodyMark = (doc: PageDoc): string => {
  const parts: string[] = [];
  write(pageWords(doc), parts);
  return parts.join("");
};

type AnyType = Pick<Y.AbstractType<unknown>, "_map" | "_start">;

/** No deeper than the guard lets a page be. */
const write = (type: AnyType, parts: string[]): void => {
  parts.push("<", type instanceof Y.XmlElement ? JSON.stringify(type.nodeName) : "");
  for (const name of [...type._map.keys()].toSorted()) {
    const item = type._map.get(name);
    if (item === undefined || item.deleted) continue;
    parts.push(" ", JSON.stringify(name), "=");
    writeContent(item.content, parts);
  }
  parts.push(">");
  let text = "";
  const say = (): void => {
    if (text !== "") parts.push(JSON.stringify(text));
    text = "";
  };
  for (let item = type._start; item !== null; item = item.right) {
    if (item.deleted) continue;
    if (item.content instanceof Y.ContentString) text += item.content.str;
    else {
      say();
      writeContent(item.content, parts);
    }
  }
  say();
  parts.push("</>");
};

const writeContent = (content: Y.Item["content"], parts: string[]): void => {
  if (content instanceof Y.ContentType) write(content.type, parts);
  else if (content instanceof Y.ContentFormat)
    parts.push("[", JSON.stringify(content.key), JSON.stringify(content.value) ?? "", "]");
  else if (content instanceof Y.ContentEmbed) parts.push(JSON.stringify(content.embed) ?? "");
  else parts.push(JSON.stringify(content.getContent()) ?? "");
};
