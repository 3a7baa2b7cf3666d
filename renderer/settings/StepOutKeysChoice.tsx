import { useTranslation } from "react-i18next";
import { type StepOutKeys, stepOutKeys } from "../../shared/bridge/desktop.ts";
import { nameOfKey } from "../palette/keyNames.ts";
import { Choice } from "../ui/Choice.tsx";
import { useSurroundings } from "../ui/surroundings.ts";

type StepOutKeysProps = {
  readonly keys: StepOutKeys;
  /** Chosen, and another program has them. */
  readonly taken: boolean;
  readonly onChange: (keys: StepOutKeys) => void;
};

export const StepOutKeysChoice = ({ keys, taken, onChange }: StepOutKeysProps) => {
  const { t } = useTranslation("computer");
  const { platform } = useSurroundings().bridge.shell;
  const last = {
    space: t("stepOut.space"),
    backspace: t(platform === "macos" ? "stepOut.backspaceMac" : "stepOut.backspace"),
    f9: t("stepOut.f9"),
  };
  /** By name: a sign of a Mac's key is no word to whoever hears it. */
  const nameOf = (key: string): string => {
    const { shown, said } = nameOfKey(key, platform);
    return said ?? shown;
  };
  return (
    <>
      <Choice
        across
        label={t("stepOut.label")}
        help={t(platform === "linux" ? "stepOut.helpLinux" : "stepOut.help")}
        options={stepOutKeys.map((value) => ({
          value,
          label:
            value === "none"
              ? t("stepOut.none")
              : [...["Mod", "Shift"].map(nameOf), last[value]].join(" + "),
        }))}
        value={keys}
        onChange={onChange}
      />
      {taken ? (
        <p className="note" role="status">
          {t("stepOut.taken")}
        </p>
      ) : null}
    </>
  );
};
