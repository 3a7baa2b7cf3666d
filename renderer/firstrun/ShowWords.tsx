import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { PageTitle } from "../ui/PageTitle.tsx";

/** Shown once. Not selectable: what is on a clipboard can be read by every other program. */
export const ShowWords = ({
  words,
  onDone,
}: {
  readonly words: readonly string[];
  readonly onDone: () => void;
}) => {
  const { t } = useTranslation("firstRun");
  return (
    <div className="stack">
      <PageTitle>{t("words.title")}</PageTitle>
      <p>{t("words.lead")}</p>
      <ol
        className="recovery"
        aria-label={t("words.list")}
        translate="no"
        onCopy={(event) => event.preventDefault()}
      >
        {words.map((word, index) => (
          <li key={index}>
            <span className="place" aria-hidden="true">
              {index + 1}
            </span>
            {word}
          </li>
        ))}
      </ol>
      <p className="quiet-state">{t("words.care")}</p>
      <div className="row">
        <Button className="btn primary" onPress={onDone}>
          {t("words.ready")}
        </Button>
      </div>
    </div>
  );
};
