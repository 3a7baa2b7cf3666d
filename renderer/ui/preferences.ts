import { createCell, type Live } from "../../shared/base/live.ts";
import { type Language, languageOf, languages } from "../i18n/languages.ts";

/** How it looks on this computer, and what it says by the way. No secret: kept in localStorage, so that the locked screen has it too. */
export const themes = ["system", "light", "dark"] as const;
type Theme = (typeof themes)[number];
export const textSizes = [100, 115, 130, 150, 175, 200] as const;
type TextSize = (typeof textSizes)[number];
export type Preferences = {
  readonly theme: Theme;
  readonly textSize: TextSize;
  /** Whether the editor says how many words a page has. */
  readonly wordCount: boolean;
  readonly language: Language;
};

const key = "twofold-look";
const usual: Preferences = {
  theme: "system",
  textSize: 100,
  wordCount: false,
  language: "en",
};

export const readPreferences = (): Preferences => {
  const other = { ...usual, language: languageOf(navigator.languages) };
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Preferences>;
    return {
      theme: themes.find((theme) => theme === kept.theme) ?? other.theme,
      textSize: textSizes.find((size) => size === kept.textSize) ?? other.textSize,
      wordCount: kept.wordCount === true,
      language: languages.find(({ code }) => code === kept.language)?.code ?? other.language,
    };
  } catch {
    return other;
  }
};

const shown = createCell<Preferences>(usual);

/** As they stand now, wherever they were changed. */
export const livePreferences: Live<Preferences> = shown;

export const applyPreferences = (preferences: Preferences): void => {
  const { theme, textSize } = preferences;
  shown.set(preferences);
  const root = document.documentElement;
  if (theme === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = theme;
  root.style.fontSize = textSize === 100 ? "" : `${textSize}%`;
};

export const keepPreferences = (preferences: Preferences): void => {
  applyPreferences(preferences);
  try {
    localStorage.setItem(key, JSON.stringify(preferences));
  } catch {
    // A browser without storage forgets it with the window.
  }
};
