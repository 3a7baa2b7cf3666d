import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Choice } from "../ui/Choice.tsx";
import { useSurroundings } from "../ui/surroundings.ts";
import { Trouble } from "../ui/Trouble.tsx";
import { Section } from "./Section.tsx";
import { useSetting } from "./useSetting.ts";

const choices = ["system", "en-GB", "en-US", "off"] as const;

export const SpellingPart = () => {
  const { t } = useTranslation("spelling");
  const { bridge } = useSurroundings();
  const { settings, change, task } = useSetting();
  if (!bridge.spelling.offered)
    return (
      <Section title={t("title")}>
        <p className="help">{t("browser")}</p>
      </Section>
    );
  const { ownWords } = settings;
  return (
    <Section title={t("title")}>
      <Choice
        label={t("label")}
        help={t("help")}
        options={choices.map((value) => ({ value, label: t(`choices.${value}`) }))}
        value={settings.spelling}
        onChange={(spelling) => change({ spelling })}
      />
      {ownWords.length === 0 ? null : (
        <>
          <h3>{t("own")}</h3>
          <p className="help">{t("ownHelp")}</p>
          <ul className="addresses">
            {ownWords.map((word) => (
              <li key={word}>
                <span>{word}</span>
                <Button
                  className="btn quiet"
                  aria-label={t("remove", { word })}
                  onPress={() => change({ ownWords: ownWords.filter((one) => one !== word) })}
                >
                  {t("removeShort")}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      {task.code === undefined ? null : <Trouble group="store" code={task.code} />}
    </Section>
  );
};
