import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { keepPreferences, livePreferences, type Preferences } from "../ui/preferences.ts";
import { useLive } from "../ui/useLive.ts";

/** How it looks, and a way to change it that shows at once, wherever it is changed. */
export const useLook = (): readonly [Preferences, (part: Partial<Preferences>) => void] => {
  const { i18n } = useTranslation();
  const look = useLive(livePreferences);
  const change = useCallback(
    (part: Partial<Preferences>) => {
      keepPreferences({ ...livePreferences.read(), ...part });
      if (part.language === undefined) return;
      document.documentElement.lang = part.language;
      document.documentElement.dir = i18n.dir(part.language);
      void i18n.changeLanguage(part.language);
    },
    [i18n],
  );
  return [look, change];
};
