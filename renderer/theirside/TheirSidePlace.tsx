import { useTranslation } from "react-i18next";
import { Link, Route, Switch } from "wouter";
import { WriteInRoom } from "../room/WriteInRoom.tsx";
import { Missing } from "../ui/Missing.tsx";
import { Nearby } from "../ui/Nearby.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { SideReading } from "./SideReading.tsx";
import { sidePages } from "./sidePages.ts";
import { useHurtName } from "./useHurtName.ts";

/** Pages to read. They ask nothing, keep nothing, and know nothing of who has read them. */
export const TheirSidePlace = () => {
  const { t } = useTranslation("theirSide");
  return (
    <Switch>
      <Route path="/their-side">
        <Contents />
      </Route>
      <Route path="/their-side/guilt/write">
        <WriteInRoom
          title={t("pages.guilt.prompt")}
          from={{ to: "/their-side/guilt", name: t("pages.guilt.title") }}
        />
      </Route>
      <Route path="/their-side/:page">
        {({ page }) => {
          const found = sidePages.find((one) => one === page);
          return found === undefined ? <Missing /> : <SideReading key={found} page={found} />;
        }}
      </Route>
      <Route>
        <Missing />
      </Route>
    </Switch>
  );
};

const Contents = () => {
  const { t } = useTranslation("theirSide");
  const names = useHurtName();
  return (
    <div className="stack measured">
      <PageTitle>{t("title")}</PageTitle>
      <Nearby side="forMe" />
      <p>{t("lead")}</p>
      <ul className="lines">
        {sidePages.map((page) => (
          <li key={page}>
            <Link href={`/their-side/${page}`} className="line">
              <h2 className="line-title">{t(`pages.${page}.title`)}</h2>
              <p className="line-words">{t(`pages.${page}.about`, names)}</p>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
};
