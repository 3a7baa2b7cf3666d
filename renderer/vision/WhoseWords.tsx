import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { VisionPage } from "../../shared/journal/vision.ts";
import type { OwnedRun, OwnedWords } from "../../shared/page/whoseWords.ts";
import { Trouble } from "../ui/Trouble.tsx";
import { Voice } from "../ui/Voice.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";

/** Whose the words are, for whoever asks: by colour, by the line under them, and said for whoever hears the page. */
export const WhoseWords = ({ flush }: Pick<VisionPage, "flush">) => {
  const { t } = useTranslation(["vision", "app"]);
  const names = usePartnerName();
  const { vision } = useJournal();
  const [words, setWords] = useState<OwnedWords | PageCode>();
  useEffect(() => {
    let left = false;
    const read = async () => {
      // What was typed a moment ago is told of too.
      await flush();
      const whose = await vision.whose();
      if (!left) setWords(whose.ok ? whose.value : whose.code);
    };
    void read();
    return () => {
      left = true;
    };
  }, [vision, flush]);
  if (words === undefined) return <p className="quiet-state">{t("app:loading")}</p>;
  if (typeof words === "string") return <Trouble group="page" code={words} />;
  return (
    <div className="stack">
      <p className="help">{t("whose.help")}</p>
      <div className="row">
        <Voice who="mine">
          <span className="whose mine">{t("whose.me")}</span>
        </Voice>
        <Voice who="theirs">
          <span className="whose theirs">{t("whose.partner", names)}</span>
        </Voice>
      </div>
      <div className="words vision-whose">
        {words.map((line, index) => (
          // Lines have no names of their own; their order is all they have.
          <p key={index} dir="auto">
            {line.map((run, at) => (
              <Run key={at} run={run} />
            ))}
          </p>
        ))}
      </div>
    </div>
  );
};

const Run = ({ run: { who, text } }: { readonly run: OwnedRun }) => {
  const { t } = useTranslation("vision");
  const names = usePartnerName();
  return (
    <span className={`whose ${who === "me" ? "mine" : "theirs"}`}>
      <span className="for-readers">{t(`whose.says.${who}`, names)} </span>
      {text}
    </span>
  );
};
