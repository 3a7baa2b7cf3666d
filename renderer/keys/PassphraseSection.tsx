import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Section } from "../settings/Section.tsx";

export const PassphraseSection = () => {
  const { t } = useTranslation("keys");
  return (
    <Section title={t("passphrase.title")} part="passphrase">
      <p>{t("passphrase.text")}</p>
      <p>
        <Link href="/settings/passphrase">{t("passphrase.change")}</Link>
      </p>
    </Section>
  );
};
