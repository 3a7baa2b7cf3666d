/** Words as people type them from paper: any spaces, commas or line breaks between, perhaps numbered. */
export const splitWords = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[\s,;.]+/u)
    .filter((word) => word !== "" && !/^\d+\)?$/u.test(word));
