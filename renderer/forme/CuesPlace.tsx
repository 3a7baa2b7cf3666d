import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { LineList } from "../ui/LineList.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Side } from "./Side.tsx";
import { useBegin } from "./useBegin.ts";
import { useForMe } from "./useForMe.ts";

/** What brings it all back, and what helps then. */
export const CuesPlace = () => {
  const { t } = useTranslation("forMe");
  const { cues } = useForMe();
  const { begin, busy, code } = useBegin("cue", "/for-me/cues");
  return (
    <Side heading={t("cues.heading")} text={t("cues.text")}>
      <LineList items={cues}>
        {(card) => (
          <li key={card.id}>
            <Link href={`/for-me/cues/${card.id}`} className="line">
              <h2 className="line-title" dir="auto">
                {card.title === "" ? t("cues.untitled") : card.title}
              </h2>
              <p className="line-words" dir="auto">
                {card.excerpt}
              </p>
            </Link>
          </li>
        )}
      </LineList>
      {code === undefined ? null : <Trouble group="page" code={code} />}
      <div className="row">
        <TaskButton className="btn primary" busy={busy} onPress={begin}>
          {t(cues.length === 0 ? "cues.first" : "cues.add")}
        </TaskButton>
      </div>
    </Side>
  );
};
