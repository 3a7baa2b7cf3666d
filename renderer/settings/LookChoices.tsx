import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Choice } from "../ui/Choice.tsx";
import {
  keepPreferences,
  type Preferences,
  readPreferences,
  textSizes,
  themes,
} from "../ui/preferences.ts";

export const LookChoices = () => {
  const { t } = useTranslation("settings");
  const [look, setLook] = useState(readPreferences);
  const change = (part: Partial<Preferences>) => {
    const next = { ...look, ...part };
    setLook(next);
    keepPreferences(next);
  };
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
    </>
  );
};
