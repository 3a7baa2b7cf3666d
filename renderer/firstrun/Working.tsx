import { useTranslation } from "react-i18next";
import type { CreateStep } from "../../shared/journal/journal.ts";
import { PageTitle } from "../ui/PageTitle.tsx";

const steps: readonly CreateStep[] = ["measuring", "deriving", "writing"];

/** Long work in words: what is done, what is under way, what is left. */
export const Working = ({ step }: { readonly step: CreateStep }) => {
  const { t } = useTranslation("firstRun");
  const now = steps.indexOf(step);
  const stateOf = (index: number) => (index < now ? "done" : index === now ? "now" : "later");
  return (
    <div className="stack">
      <PageTitle>{t("working.title")}</PageTitle>
      <p>{t("working.lead")}</p>
      <ol className="works">
        {steps.map((each, index) => (
          <li
            key={each}
            className={stateOf(index)}
            aria-current={index === now ? "step" : undefined}
          >
            <span>{t(`working.steps.${each}`)}</span>
            <span className="works-state">{t(`working.${stateOf(index)}`)}</span>
          </li>
        ))}
      </ol>
      <p className="for-readers" role="status">
        {t(`working.steps.${step}`)}
      </p>
    </div>
  );
};
