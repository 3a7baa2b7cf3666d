/** Every language has its folder beside this file, and its name in its own words. The first is the one to fall back on. */
export const languages = [
  { code: "en", name: "English" },
  { code: "de", name: "Deutsch" },
] as const;
export type Language = (typeof languages)[number]["code"];

/** The first of these that is spoken here. */
export const languageOf = (wanted: readonly string[]): Language =>
  wanted
    .map((tag) => languages.find(({ code }) => tag.split("-")[0]?.toLowerCase() === code)?.code)
    .find((code) => code !== undefined) ?? "en";
