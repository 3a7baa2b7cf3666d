import { useTranslation } from "react-i18next";
import { Link, Route, Switch } from "wouter";
import { WriteInRoom } from "../room/WriteInRoom.tsx";
import { Missing } from "../ui/Missing.tsx";
import { Nearby } from "../ui/Nearby.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";

/** A page that is always open. There is no field on it, and nothing of it is kept. */
export const UndecidedPlace = () => {
  const { t } = useTranslation("undecided");
  return (
    <Switch>
      <Route path="/undecided">
        <Undecided />
      </Route>
      <Route path="/undecided/write">
        <WriteInRoom title={t("prompt")} from={{ to: "/undecided", name: t("back") }} />
      </Route>
      <Route>
        <Missing />
      </Route>
    </Switch>
  );
};

const paragraphs = ["stay", "signs", "part", "say", "waits", "nothing"] as const;

const Undecided = () => {
  const { t } = useTranslation("undecided");
  return (
    <div className="stack measured">
      <PageTitle>{t("title")}</PageTitle>
      <Nearby side="forMe" />
      <div className="reading">
        {paragraphs.map((paragraph) => (
          <p key={paragraph}>{t(`parts.${paragraph}`)}</p>
        ))}
      </div>
      <div className="row">
        <Link href="/undecided/write" className="btn primary">
          {t("write")}
        </Link>
      </div>
    </div>
  );
};
