import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { useWishes } from "../ui/wishes.tsx";
import { Section } from "./Section.tsx";

export const KeysSection = () => {
  const { t } = useTranslation("settings");
  const wishes = useWishes();
  return (
    <Section title={t("keys.title")}>
      <p>{t("keys.text")}</p>
      <div className="row">
        <Button className="btn" onPress={() => wishes?.wish("keys")}>
          {t("keys.show")}
          <kbd>?</kbd>
        </Button>
      </div>
    </Section>
  );
};
