/** Every language has its folder beside this file, and its name in its own words. The first is the one to fall back on. */
export const languages = [{ code: "en", name: "English" }] as const;
export type Language = (typeof languages)[number]["code"];
export const usualLanguage: Language = "en";
