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
  const { t } = useTranslation("words");
  return (
    <div className="stack">
      <PageTitle>{t("show.title")}</PageTitle>
      <p>{t("show.lead")}</p>
      {/* Nothing is done here: what the system would do by itself is kept from happening. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ol
        className="recovery"
        aria-label={t("show.list")}
        translate="no"
        onCopy={(event) => event.preventDefault()}
        onDragStart={(event) => event.preventDefault()}
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
      <p className="quiet-state">{t("show.care")}</p>
      <div className="row">
        <Button className="btn primary" onPress={onDone}>
          {t("show.ready")}
        </Button>
      </div>
    </div>
  );
};
