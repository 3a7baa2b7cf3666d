import type { Live } from "../../shared/base/live.ts";
import type { Desktop } from "../../shared/bridge/desktop.ts";
import type { ShellLanguage } from "../../shared/bridge/shellLanguage.ts";

/** The system's menus and notices speak as the page does, from its start on and whenever that is changed. */
export const speakAlike = (
  desktop: Pick<Desktop, "speak">,
  look: Live<{ readonly language: ShellLanguage }>,
): void => {
  let said: ShellLanguage | undefined;
  const say = (): void => {
    const { language } = look.read();
    if (language === said) return;
    said = language;
    void desktop.speak(language);
  };
  look.subscribe(say);
  say();
};
