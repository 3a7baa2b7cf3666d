import type { App } from "electron";
import { type ShellLanguage, shellLanguages } from "../shared/bridge/shellLanguage.ts";
import { shellTexts } from "./texts.ts";
import type { ShellTexts } from "./textsEnglish.ts";

export type Speech = {
  /** Asked each time something is said. */
  readonly texts: () => ShellTexts;
  /** As the page does from now on. */
  readonly speak: (language: ShellLanguage) => void;
  /** What stands in the system's places already is worded again. */
  readonly onChange: (listener: () => void) => void;
};

/**
 * As the system until the page says how it speaks. The choice lies with the page's own things; kept here as well,
 * the two could differ.
 */
export const createSpeech = (app: Pick<App, "getPreferredSystemLanguages">): Speech => {
  let spoken = firstSpoken(readWanted(app));
  const listeners: (() => void)[] = [];
  return {
    texts: () => shellTexts[spoken],
    speak: (language) => {
      if (language === spoken) return;
      spoken = language;
      for (const listener of listeners) listener();
    },
    onChange: (listener) => {
      listeners.push(listener);
    },
  };
};

/** In whatever words a system names its languages: de-AT, de_DE.UTF-8, C. */
const firstSpoken = (wanted: readonly string[]): ShellLanguage =>
  wanted
    .map((name) => shellLanguages.find((code) => name.toLowerCase().split(/[^a-z]/)[0] === code))
    .find((code) => code !== undefined) ?? "en";

/** It is asked before anything is open, to say why nothing opens: no way to fail by itself. */
const readWanted = (app: Pick<App, "getPreferredSystemLanguages">): readonly string[] => {
  try {
    return app.getPreferredSystemLanguages();
  } catch {
    return [];
  }
};
