import { aside, styleOf } from "./pastedStyles.ts";

/** Whether a text processor of the Word family wrote this HTML, and with it things that are no words. */
export const isFromWord = (html: string): boolean =>
  /\bmso-|class=["']?Mso|urn:schemas-microsoft-com/i.test(html);

/**
 * Makes of Word's HTML what it shows on the screen: tracked deletions, remarks in the margin and empty lines go,
 * list paragraphs become lists.
 */
export const tidyWord = (body: HTMLElement): void => {
  for (const gone of body.querySelectorAll(notShown)) gone.remove();
  for (const element of body.querySelectorAll(`[${aside}*="mso-" i]`)) tidyElement(element);
  makeLists(body);
  for (const foreign of [...body.querySelectorAll("*")].filter(isForeign)) unwrap(foreign);
  for (const line of body.querySelectorAll("p, div"))
    if (line.textContent.trim() === "" && line.querySelector("br, li") === null) line.remove();
};

const notShown = [
  "del",
  ".msoDel",
  ".MsoCommentReference",
  ".msocomanchor",
  ".msocomtxt",
  `[${aside}*="mso-element:comment-list" i]`,
  `[${aside}*="mso-hide:all" i]`,
].join(", ");

const tidyElement = (element: Element): void => {
  const style = styleOf(element);
  if (style.has("mso-tab-count")) element.replaceWith(" ");
  // A page break is none here.
  else if (element.matches("br") && style.has("page-break-before")) element.remove();
};

/** `<o:p>`, `<w:sdt>`, `<st1:place>`: their words stay. */
const isForeign = (element: Element): boolean => element.localName.includes(":");

const unwrap = (element: Element): void => element.replaceWith(...element.childNodes);

type Place = { readonly level: number; readonly numbered: boolean };
type OpenList = { readonly list: HTMLElement; readonly numbered: boolean };

/** "mso-list:l0 level2 lfo1" on paragraphs that follow each other, each with its sign in an element to be ignored. */
const makeLists = (body: HTMLElement): void => {
  let open: OpenList[] = [];
  for (const paragraph of body.querySelectorAll<HTMLElement>(`p[${aside}*="mso-list:" i]`)) {
    const place = readPlace(paragraph);
    // In a real list already.
    if (place === undefined || paragraph.closest("li") !== null) continue;
    const root = open[0]?.list;
    if (root === undefined || paragraph.previousElementSibling !== root) open = [];
    open = openFor(open, place, paragraph);
    const item = paragraph.ownerDocument.createElement("li");
    open.at(-1)?.list.append(item);
    item.append(paragraph);
  }
};

const openFor = (open: readonly OpenList[], place: Place, paragraph: HTMLElement): OpenList[] => {
  const level = Math.min(place.level, open.length + 1);
  const outer = open.slice(0, level - 1);
  const same = open[level - 1];
  if (same?.numbered === place.numbered) return [...outer, same];
  const list = paragraph.ownerDocument.createElement(place.numbered ? "ol" : "ul");
  const item = outer.at(-1)?.list.lastElementChild;
  if (item === undefined || item === null) paragraph.before(list);
  else item.append(list);
  return [...outer, { list, numbered: place.numbered }];
};

const readPlace = (paragraph: HTMLElement): Place | undefined => {
  const level = /\blevel([1-9])\b/.exec(styleOf(paragraph).get("mso-list") ?? "")?.[1];
  if (level === undefined) return undefined;
  const signs = [...paragraph.querySelectorAll(`[${aside}*="mso-list" i]`)].filter(
    (element) => styleOf(element).get("mso-list") === "ignore",
  );
  const sign = signs.map(({ textContent }) => textContent).join("");
  for (const each of signs) each.remove();
  return { level: Number(level), numbered: /^\s*\(?(\d+|[ivxlcdm]+|[a-z]{1,2})[.)]/i.test(sign) };
};
