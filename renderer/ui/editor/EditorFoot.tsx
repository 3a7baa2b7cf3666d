import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { PageBody } from "../../../shared/page/card.ts";
import { livePreferences } from "../preferences.ts";
import { useLive } from "../useLive.ts";
import { countWords } from "./countWords.ts";

type EditorFootProps = {
  readonly body: PageBody;
  readonly alone: boolean;
  readonly onTogether: () => void;
};

/** Below the words: how many they are, for who wants to know, and the way back from writing with nothing around. */
export const EditorFoot = ({ body, alone, onTogether }: EditorFootProps) => {
  const { t } = useTranslation("journal");
  const counts = useLive(livePreferences).wordCount;
  if (!counts && !alone) return null;
  return (
    <div className="editor-foot">
      {counts ? <WordCount body={body} /> : null}
      {alone ? (
        <Button className="btn quiet" onPress={onTogether}>
          {t("editor.together")}
          <kbd>{t("editor.togetherKey")}</kbd>
        </Button>
      ) : null}
    </div>
  );
};

const WordCount = ({ body }: { readonly body: PageBody }) => {
  const { t, i18n } = useTranslation("journal");
  const { language } = i18n;
  const [count, setCount] = useState<number>();
  useEffect(
    () => countWords(body, { whenIdle: whenBrowserIdle, language, show: setCount }),
    [body, language],
  );
  if (count === undefined) return <p className="word-count" />;
  return (
    <p className="word-count">
      {t("editor.words", { count, number: count.toLocaleString(language) })}
    </p>
  );
};

/** A pause in the typing, ms. */
const countPause = 400;

const whenBrowserIdle = (work: (left: () => number) => void): (() => void) => {
  let idle = 0;
  const pause = setTimeout(() => {
    idle = requestIdleCallback((deadline) => work(() => deadline.timeRemaining()));
  }, countPause);
  return () => {
    clearTimeout(pause);
    cancelIdleCallback(idle);
  };
};
