import { styleOf } from "./pastedStyles.ts";

/**
 * Lists whose items have boxes, as other programs write them, become checklists; where only some items have one, the
 * list falls into parts. A box that stands anywhere else is no word and goes.
 */
export const makeChecklists = (body: HTMLElement): void => {
  const ticks = new Map<Element, boolean>();
  for (const item of body.querySelectorAll("li")) {
    const ticked = tickOf(item);
    if (ticked !== undefined) ticks.set(item, ticked);
  }
  for (const box of body.querySelectorAll('input, [role="checkbox"]:not(li)'))
    if (box.textContent.trim() === "") box.remove();
  for (const list of body.querySelectorAll("ul, ol")) splitList(list, ticks);
};

/** Whether its box is ticked; undefined where it has none. */
const tickOf = (item: Element): boolean | undefined => {
  const box = [...item.querySelectorAll('input[type="checkbox" i], [role="checkbox"]')].find(
    (each) => each.closest("li") === item && each !== item,
  );
  if (box !== undefined)
    return box.hasAttribute("checked") || box.getAttribute("aria-checked") === "true";
  const said =
    item.getAttribute("data-checked") ??
    (item.getAttribute("role") === "checkbox" ? item.getAttribute("aria-checked") : null) ??
    styleOf(item).get("--en-checked");
  return said === null || said === undefined ? undefined : said === "true";
};

const splitList = (list: Element, ticks: ReadonlyMap<Element, boolean>): void => {
  const items = [...list.children];
  if (!items.some((item) => ticks.has(item))) {
    list.removeAttribute("data-type");
    return;
  }
  let part: Element | undefined;
  for (const item of items) {
    const ticked = ticks.get(item);
    const box = ticked !== undefined;
    if (part === undefined || isChecklist(part) !== box) {
      part = list.ownerDocument.createElement(box ? "ul" : list.localName);
      if (box) part.setAttribute("data-type", "taskList");
      list.before(part);
    }
    part.append(item);
    if (!box) continue;
    item.setAttribute("data-type", "taskItem");
    item.setAttribute("data-checked", String(ticked));
  }
  list.remove();
};

const isChecklist = (list: Element): boolean => list.getAttribute("data-type") === "taskList";
