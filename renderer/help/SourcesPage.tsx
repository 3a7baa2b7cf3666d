import { useTranslation } from "react-i18next";
import { BackLink } from "../ui/BackLink.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";

const sources = [
  "threeParts",
  "injury",
  "sorry",
  "writing",
  "whenThen",
  "breath",
  "senses",
  "thanks",
  "agreed",
] as const;

/** Where the advice comes from, what of it is known, and what is not. */
export const SourcesPage = () => {
  const { t } = useTranslation("sources");
  return (
    <article className="stack measured reading">
      <BackLink to="/help">{t("back")}</BackLink>
      <PageTitle>{t("title")}</PageTitle>
      <p>{t("lead")}</p>
      <p>{t("limits")}</p>
      <p>{t("time")}</p>
      <h2>{t("list")}</h2>
      {sources.map((source) => (
        <section key={source}>
          <h3>{t(`all.${source}.title`)}</h3>
          <p className="help">{t(`all.${source}.source`)}</p>
          <dl className="sources">
            <dt>{t("taken")}</dt>
            <dd>{t(`all.${source}.taken`)}</dd>
            <dt>{t("known")}</dt>
            <dd>{t(`all.${source}.known`)}</dd>
          </dl>
        </section>
      ))}
    </article>
  );
};
