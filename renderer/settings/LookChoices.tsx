import { useTranslation } from "react-i18next";
import { languages } from "../i18n/languages.ts";
import { Choice } from "../ui/Choice.tsx";
import { textSizes, themes } from "../ui/preferences.ts";
import { Toggle } from "../ui/Toggle.tsx";
import { useLook } from "./useLook.ts";

export const LookChoices = () => {
  const { t } = useTranslation(["settings", "journal"]);
  const [look, change] = useLook();
  return (
    <>
      <Choice
        across
        label={t("look.size")}
        options={textSizes.map((percent) => ({
          value: String(percent),
          label: t("look.percent", { percent }),
        }))}
        value={String(look.textSize)}
        onChange={(value) =>
          change({ textSize: textSizes.find((size) => String(size) === value) ?? 100 })
        }
      />
      <Choice
        across
        label={t("look.theme")}
        options={themes.map((value) => ({ value, label: t(`look.themes.${value}`) }))}
        value={look.theme}
        onChange={(theme) => change({ theme })}
      />
      <Choice
        across
        label={t("look.language")}
        options={languages.map(({ code, name }) => ({ value: code, label: name }))}
        value={look.language}
        onChange={(language) => change({ language })}
      />
      <Toggle
        label={t("journal:editor.wordCount")}
        on={look.wordCount}
        onChange={(wordCount) => change({ wordCount })}
      />
    </>
  );
};
