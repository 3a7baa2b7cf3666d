import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";

/** Calm, and on every screen: it is for the person to say when there is paper at hand. */
export const WordsNotice = () => {
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
