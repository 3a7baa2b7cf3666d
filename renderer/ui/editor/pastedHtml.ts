/**
 * Style attributes never get past the content security policy, so the browser cannot read from them what other
 * programs say with them: bold, italic, and a wrapping `<b>` that is not bold. Here they are read as text and
 * become elements; everything else about how pasted words looked is left behind.
 */
export const readPastedHtml = (html: string): string => {
  const { body } = new DOMParser().parseFromString(withoutStyles(html), "text/html");
  for (const element of body.querySelectorAll(`[${aside}]`)) {
    const style = element.getAttribute(aside)?.toLowerCase() ?? "";
    element.removeAttribute(aside);
    if (element.matches("b, strong") && /font-weight:\s*(normal|[1-4]00)/.test(style))
      element.replaceWith(...element.childNodes);
    if (!element.matches("span")) continue;
    if (/font-weight:\s*(bold|[6-9]00)/.test(style)) wrapInside(element, "strong");
    if (/font-style:\s*italic/.test(style)) wrapInside(element, "em");
  }
  // Tables become lines of words; without this the last word of a cell and the next one's first grow together.
  for (const cell of body.querySelectorAll("td, th")) cell.append(" ");
  return body.innerHTML;
};

const aside = "data-pasted-style";

/** Only within tags: written words that look like an attribute stay as they are. */
export const withoutStyles = (html: string): string =>
  html
    .replace(/<style\b[\s\S]*?<\/style\s*>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, ` ${aside}=`));

const wrapInside = (element: Element, name: "strong" | "em"): void => {
  const wrap = element.ownerDocument.createElement(name);
  wrap.append(...element.childNodes);
  element.append(wrap);
};
