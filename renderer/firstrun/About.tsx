import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { PageTitle } from "../ui/PageTitle.tsx";

const screens = ["one", "two", "three"] as const;

type AboutProps = { readonly onDone: () => void; readonly onRestore: () => void };

/** What this is, what stays between the two, and what it cannot do: honest before the first word is written. */
export const About = ({ onDone, onRestore }: AboutProps) => {
  const { t } = useTranslation(["firstRun", "backup"]);
  const [index, setIndex] = useState(0);
  const screen = screens[index] ?? "one";
  const paragraphs = Object.entries(t(`about.${screen}`, { returnObjects: true })).filter(
    ([name]) => name !== "title",
  );
  return (
    <div className="stack" key={screen}>
      <p className="step">{t("step", { step: index + 1, steps: screens.length })}</p>
      <PageTitle>{t(`about.${screen}.title`)}</PageTitle>
      <div className="reading">
        {paragraphs.map(([name, text]) => (
          <p key={name}>{text}</p>
        ))}
      </div>
      {index === 0 ? <p className="help">{t("elsewhere")}</p> : null}
      <div className="row">
        <Button
          className="btn primary"
          onPress={() => (index + 1 < screens.length ? setIndex(index + 1) : onDone())}
        >
          {index + 1 < screens.length ? t("next") : t("begin")}
        </Button>
        {index === 0 ? (
          <Button className="btn quiet" onPress={onRestore}>
            {t("backup:restore.offer")}
          </Button>
        ) : (
          <Button className="btn quiet" onPress={() => setIndex(index - 1)}>
            {t("back")}
          </Button>
        )}
      </div>
    </div>
  );
};
