import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { AwayNotice } from "../away/AwayNotice.tsx";
import { BackupNotice } from "../backup/BackupNotice.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { WordsCheckNotice } from "../words/WordsCheckNotice.tsx";

/** What can wait waits while the person has stepped away; that words were never written down cannot. */
export const Reminders = () => {
  const { away } = useLive(useJournal().arrivals);
  return (
    <>
      <WordsNotice />
      {away === undefined ? (
        <>
          <WordsCheckNotice />
          <BackupNotice />
        </>
      ) : (
        <AwayNotice />
      )}
    </>
  );
};

/** Calm, and on every screen: it is for the person to say when there is paper at hand. */
const WordsNotice = () => {
  const { t } = useTranslation();
  const kept = useLive(useJournal().wordsKept);
  if (kept) return null;
  return (
    <div className="notice" role="status">
      <p>{t("wordsBanner")}</p>
      <Link className="btn" href="/settings/words">
        {t("wordsBannerGo")}
      </Link>
    </div>
  );
};
