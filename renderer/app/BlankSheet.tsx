import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";

/** What is left on the screen after stepping out. It says nothing, and it does not claim that anything is gone. */
export const BlankSheet = ({ onBack }: { readonly onBack: () => void }) => {
  const { t } = useTranslation();
  return (
    <main className="blank">
      <h1>{t("sheet.title")}</h1>
      <Button className="btn quiet" onPress={onBack}>
        {t("sheet.back")}
      </Button>
    </main>
  );
};
