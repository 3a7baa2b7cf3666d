import { useTranslation } from "react-i18next";
import { Link, Route, Switch } from "wouter";
import { BackLink } from "../ui/BackLink.tsx";
import { Missing } from "../ui/Missing.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { SourcesPage } from "./SourcesPage.tsx";
import { type Topic, topicIds, topics } from "./topics.ts";

export const HelpPlaces = () => (
  <Switch>
    <Route path="/help">
      <HelpPage />
    </Route>
    <Route path="/help/sources">
      <SourcesPage />
    </Route>
    <Route path="/help/:topic">
      {({ topic }) => {
        const known = topicIds.find((one) => one === topic);
        return known === undefined ? <Missing /> : <TopicPage key={known} topic={known} />;
      }}
    </Route>
    <Route>
      <Missing />
    </Route>
  </Switch>
);

const HelpPage = () => {
  const { t } = useTranslation("help");
  return (
    <div className="stack measured">
      <PageTitle>{t("title")}</PageTitle>
      <p>{t("lead")}</p>
      <p>
        <Link href="/begin">{t("begin")}</Link>
      </p>
      <ul className="help-topics">
        {topicIds.map((topic) => (
          <li key={topic}>
            <Link href={`/help/${topic}`}>{t(`topics.${topic}.title`)}</Link>
          </li>
        ))}
      </ul>
      <p>
        <Link href="/help/sources">{t("sources")}</Link>
      </p>
      <p className="help">{t("keys")}</p>
    </div>
  );
};

const TopicPage = ({ topic }: { readonly topic: Topic }) => {
  const { t } = useTranslation("help");
  const place = topics[topic];
  return (
    <article className="stack measured reading">
      <BackLink to="/help">{t("back")}</BackLink>
      <PageTitle>{t(`topics.${topic}.title`)}</PageTitle>
      {t(`topics.${topic}.text`)
        .split("\n\n")
        .map((text) => (
          <p key={text}>{text}</p>
        ))}
      {place === undefined ? null : (
        <p>
          <Link href={place}>{t("more")}</Link>
        </p>
      )}
    </article>
  );
};
