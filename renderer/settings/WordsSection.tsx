import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { Section } from "./Section.tsx";

export const WordsSection = () => {
  const { t } = useTranslation(["settings", "keys"]);
  const kept = useLive(useJournal().wordsKept);
  return (
    <Section title={t("words.title")} part="words">
      <p>{t(kept ? "words.kept" : "words.notKept")}</p>
      {kept ? (
        <>
          <p>
            <Link href="/settings/words/check">{t("keys:check.from")}</Link>
          </p>
          <p className="help">{t("words.note")}</p>
        </>
      ) : null}
      <p>
        <Link href="/settings/words">{t("words.make")}</Link>
      </p>
    </Section>
  );
};
