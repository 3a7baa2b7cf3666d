import { aside, styleOf } from "./pastedStyles.ts";
import { makeChecklists } from "./pastedChecklists.ts";
import { parseApart } from "./parseApart.ts";
import { isFromWord, tidyWord } from "./wordHtml.ts";

/** What came of something pasted. */
export type Pasted = {
  readonly html: string;
  /** There were pictures that somebody would miss; signs of one pixel that call home are none. */
  readonly pictures: boolean;
  readonly words: boolean;
};

/**
 * Style attributes never get past the content security policy, so the browser cannot read from them what other
 * programs say with them: bold, italic, lists, what is deleted or hidden, and a wrapping `<b>` that is not bold.
 * Here they are read as text and become elements; everything else about how pasted words looked is left behind.
 */
export const readPasted = (html: string): Pasted => {
  const { body } = parseApart(withoutStyles(html));
  for (const gone of body.querySelectorAll(noWords)) gone.remove();
  for (const element of body.querySelectorAll(`[${aside}*="display" i]`))
    if (styleOf(element).get("display") === "none") element.remove();
  const pictures = takePictures(body);
  if (isFromWord(html)) tidyWord(body);
  makeChecklists(body);
  for (const element of body.querySelectorAll(`[${aside}]`)) readLook(element);
  for (const link of body.querySelectorAll("a"))
    for (const name of link.getAttributeNames()) if (!ofLinks.has(name)) link.removeAttribute(name);
  for (const [from, to] of headings)
    for (const heading of body.querySelectorAll(from)) rename(heading, to);
  // Tables become lines of words; without this the last word of a cell and the next one's first grow together.
  for (const cell of body.querySelectorAll("td, th")) cell.append(" ");
  return { html: body.innerHTML, pictures, words: body.textContent.trim() !== "" };
};

const noWords =
  "script, style, title, template, noscript, iframe, object, embed, svg, canvas, audio, video, [hidden]";

/** Where it leads, and what the editor notes on the first element of what was copied from a page of one's own. */
const ofLinks = new Set(["href", "data-pm-slice"]);

/** A page has two sizes of heading. */
const headings = [
  ["h1, p.MsoTitle", "h2"],
  ["h4, h5, h6, p.MsoSubtitle", "h3"],
] as const;

const readLook = (element: Element): void => {
  const style = styleOf(element);
  element.removeAttribute(aside);
  const weight = style.get("font-weight") ?? "";
  if (element.matches("b, strong") && /^(normal|[1-4]00)/.test(weight))
    return element.replaceWith(...element.childNodes);
  if (element.matches("i, em") && style.get("font-style")?.startsWith("normal") === true)
    return element.replaceWith(...element.childNodes);
  if (!element.matches("span")) return;
  if (/^(bold|[6-9]00)/.test(weight)) wrapInside(element, "strong");
  if (style.get("font-style")?.startsWith("italic") === true) wrapInside(element, "em");
};

/** @returns whether there were any that a person would miss */
const takePictures = (body: HTMLElement): boolean => {
  let missed = false;
  for (const image of body.querySelectorAll("img, picture, input[type=image]")) {
    const said = image.getAttribute("alt") ?? "";
    const emoji = said.length <= 32 && onlyEmoji.test(said);
    missed ||= !emoji && image.matches("img") && !isPixel(image);
    if (emoji) image.replaceWith(said);
    // A <picture> holds its <img>, which is looked at by itself.
    else if (!image.matches("picture")) removeWithFrame(image);
  }
  return missed;
};

/** A paragraph that held nothing else would stay as an empty line. */
const removeWithFrame = (image: Element): void => {
  const frame = image.closest("p, figure");
  image.remove();
  if (frame?.textContent.trim() === "" && frame.querySelector("img") === null) frame.remove();
};

/** Many places on the web draw emoji as pictures and have the sign itself in the words for readers. */
const onlyEmoji =
  /^(?=.*[\p{Extended_Pictographic}\p{RI}])[\p{Extended_Pictographic}\p{Emoji_Component}\s]+$/u;

/** As small as no picture is: it tells a sender that a letter was opened. */
const isPixel = (image: Element): boolean => {
  const style = styleOf(image);
  return ["width", "height"].some((side) => {
    const size = Number.parseFloat(style.get(side) ?? image.getAttribute(side) ?? "");
    return size <= 2;
  });
};

/**
 * No style and no event handler reaches the parser as one: the policy would refuse each of them aloud.
 * Only within tags: written words that look like an attribute stay as they are.
 */
export const withoutStyles = (html: string): string =>
  html
    .replace(/<style\b[\s\S]*?<\/style\s*>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) =>
      tag.replace(/\sstyle\s*=/gi, ` ${aside}=`).replace(/\son[a-z]+\s*=/gi, " data-pasted-on="),
    );

const wrapInside = (element: Element, name: "strong" | "em"): void => {
  const wrap = element.ownerDocument.createElement(name);
  wrap.append(...element.childNodes);
  element.append(wrap);
};

const rename = (element: Element, name: "h2" | "h3"): void => {
  const renamed = element.ownerDocument.createElement(name);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
};
