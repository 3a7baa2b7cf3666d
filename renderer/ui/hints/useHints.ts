import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PageBody } from "../../../shared/page/card.ts";
import { readOwnText } from "../editor/ownText.ts";
import { watchWords } from "../editor/watchWords.ts";
import { useSurroundings } from "../surroundings.ts";
import { watchHints } from "./hintWatch.ts";
import { findHints, type FoundHint, type HintAbout } from "./patterns.ts";

/** The one remark for now. Nothing is looked at while `on` is false. */
export const useHints = (body: PageBody, about: HintAbout, on: boolean): FoundHint | undefined => {
  const { clock } = useSurroundings();
  const { i18n } = useTranslation();
  const { language } = i18n;
  const [hint, setHint] = useState<FoundHint>();
  useEffect(() => {
    if (!on) return undefined;
    const stop = watchHints({
      clock,
      follow: (changed) => watchWords(body, changed),
      find: () => findHints(readOwnText(body), about, language),
      show: setHint,
    });
    return () => {
      stop();
      setHint(undefined);
    };
  }, [clock, body, about, language, on]);
  return hint;
};
