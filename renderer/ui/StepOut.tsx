import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { useSurroundings } from "./surroundings.ts";

/** Always there, on every screen and on every sheet over one. */
export const StepOut = () => {
  const { t } = useTranslation();
  const { stepOut } = useSurroundings();
  return (
    <Button className="btn" onPress={stepOut} aria-keyshortcuts="Escape Escape">
      {t("stepOut")}
      <kbd>{t("stepOutKeys")}</kbd>
    </Button>
  );
};
