import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { LineList } from "../ui/LineList.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Side } from "./Side.tsx";
import { useBegin } from "./useBegin.ts";
import { useForMe } from "./useForMe.ts";

/** Who is there for me. */
export const PeoplePlace = () => {
  const { t } = useTranslation("forMe");
  const { people } = useForMe();
  const { begin, busy, code } = useBegin("supporter", "/for-me/people");
  return (
    <Side heading={t("people.heading")} text={t("people.text")}>
      <LineList items={people}>
        {({ card, name, reach, line }) => (
          <li key={card.id}>
            <Link href={`/for-me/people/${card.id}`} className="line">
              <h2 className="line-title" dir="auto">
                {name === "" ? t("people.unnamed") : name}
              </h2>
              {reach === undefined ? null : <p dir="auto">{reach}</p>}
              {line === undefined ? null : (
                <p className="line-words" dir="auto">
                  {line}
                </p>
              )}
            </Link>
          </li>
        )}
      </LineList>
      {code === undefined ? null : <Trouble group="page" code={code} />}
      <div className="row">
        <TaskButton className="btn primary" busy={busy} onPress={begin}>
          {t(people.length === 0 ? "people.first" : "people.add")}
        </TaskButton>
      </div>
    </Side>
  );
};
