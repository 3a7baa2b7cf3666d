/** Where a pasted element's style waits, out of the browser's sight, to be read as text. */
export const aside = "data-pasted-style";

/** What an element says of itself in its style: names and values in small letters. */
export const styleOf = (element: Element): ReadonlyMap<string, string> =>
  new Map(
    (element.getAttribute(aside) ?? "").split(";").flatMap((declaration) => {
      const colon = declaration.indexOf(":");
      const name = declaration.slice(0, colon).trim().toLowerCase();
      const value = declaration
        .slice(colon + 1)
        .trim()
        .toLowerCase();
      return colon < 0 ? [] : [[name, value] as const];
    }),
  );
