import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { settingsAt } from "../settings/parts.ts";
import { BackLink } from "../ui/BackLink.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";

const steps = ["backup", "aside", "meet"] as const;
const afterwards = ["after", "anew", "orNew", "there"] as const;

/** One of several computers of one's own is gone: what shuts it out, from the one that is still at hand. */
export const LostOwn = () => {
  const { t } = useTranslation("pair");
  const names = usePartnerName();
  const { name: me } = useLive(useJournal().me);
  const said = { ...names, me };
  return (
    <div className="stack measured">
      <BackLink to={settingsAt("computers")}>{t("meetAgain.settings")}</BackLink>
      <PageTitle>{t("lostOwn.title")}</PageTitle>
      <p className="lead">{t("lostOwn.lead")}</p>
      <p>{t("lostOwn.from")}</p>
      <ol className="meeting-points">
        {steps.map((step) => (
          <li key={step}>{t(`lostOwn.${step}`, said)}</li>
        ))}
      </ol>
      {afterwards.map((text) => (
        <p key={text}>{t(`lostOwn.${text}`, said)}</p>
      ))}
      <p>
        <Link href={settingsAt("backup")}>{t("lostOwn.backups")}</Link>
      </p>
    </div>
  );
};
