import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { shortcutOf } from "../palette/keyNames.ts";
import { useSurroundings } from "../ui/surroundings.ts";
import { steadyKeys } from "./steadyKeys.ts";

/** Always there, as the way out is. */
export const SteadyButton = () => {
  const { t } = useTranslation("steady");
  const { steady, bridge } = useSurroundings();
  return (
    <Button
      className="btn"
      onPress={steady}
      aria-keyshortcuts={shortcutOf(steadyKeys, bridge.shell.platform)}
    >
      {t("button")}
    </Button>
  );
};
