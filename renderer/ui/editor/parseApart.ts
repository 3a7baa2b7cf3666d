type Policy = { readonly createHTML: (text: string) => string };

/** Foreign markup as a document of its own, which never runs and is only looked through. */
export const parseApart = (html: string): Document => {
  apart ??= window.trustedTypes?.createPolicy("twofold-pasted", { createHTML: (text) => text }) as
    | Policy
    | undefined;
  // To TypeScript it is a string; the browser sees that it was let through by name.
  return new DOMParser().parseFromString(apart?.createHTML(html) ?? html, "text/html");
};

let apart: Policy | undefined;
