/** What the shell can speak by itself, in menus and notices. All that the page speaks is among it. */
export const shellLanguages = ["en", "de"] as const;
export type ShellLanguage = (typeof shellLanguages)[number];
