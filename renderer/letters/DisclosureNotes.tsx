import { useTranslation } from "react-i18next";
import { usePartnerName } from "../ui/usePartnerName.ts";

const questions = ["danger", "beside", "after", "health", "therapist", "despair"] as const;

/** Questions to oneself. There is nothing to tick and nothing to answer: no answer is kept. */
export const SafetyNote = () => {
  const { t } = useTranslation("letters");
  const names = usePartnerName();
  return (
    <div className="stack">
      <p>{t("check.safetyText")}</p>
      <ul className="self-questions">
        {questions.map((question) => (
          <li key={question}>{t(`check.${question}`, names)}</li>
        ))}
      </ul>
      <p className="stop-here">{t("check.stop")}</p>
    </div>
  );
};

/** Not legal advice: what is true of paper, courts and screenshots. */
export const LegalNote = () => {
  const { t } = useTranslation("letters");
  const names = usePartnerName();
  return (
    <div className="stack">
      <p>{t("check.courts", names)}</p>
      <p>{t("check.outsiders")}</p>
      <p>{t("check.noAdvice")}</p>
    </div>
  );
};
