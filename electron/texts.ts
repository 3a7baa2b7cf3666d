import type { ShellLanguage } from "../shared/bridge/shellLanguage.ts";
import { englishTexts, type ShellTexts } from "./textsEnglish.ts";
import { germanTexts } from "./textsGerman.ts";

/** The same in every language. */
export const appName = "Twofold";

export const shellTexts: Readonly<Record<ShellLanguage, ShellTexts>> = {
  en: englishTexts,
  de: germanTexts,
};
