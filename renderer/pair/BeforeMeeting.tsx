import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link } from "wouter";
import { settingsAt } from "../settings/parts.ts";
import { BackLink } from "../ui/BackLink.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";

/** Whose computer is new: "again" the partner's, "return" this one, whose journal came back from a backup. */
export type MeetingKind = "again" | "return";

const points = {
  again: ["back", "old", "notHere", "nothing"],
  return: ["back", "old", "nothing"],
} as const;

const cameFrom: Readonly<Record<MeetingKind, string>> = {
  again: settingsAt("partner"),
  return: "/journal",
};

/** Leaving is open at every step, and changes nothing. */
export const BackFromMeeting = ({ kind }: { readonly kind: MeetingKind }) => {
  const { t } = useTranslation("pair");
  return (
    <BackLink to={cameFrom[kind]}>
      {t(kind === "again" ? "meetAgain.settings" : "meetAgain.journal")}
    </BackLink>
  );
};

type BeforeMeetingProps = { readonly kind: MeetingKind; readonly onGo: () => void };

/** What meeting again is and what it is not, in words, before anything begins. */
export const BeforeMeeting = ({ kind, onGo }: BeforeMeetingProps) => {
  const { t } = useTranslation("pair");
  const names = usePartnerName();
  const { name: me } = useLive(useJournal().me);
  const said = { ...names, me };
  return (
    <div className="stack measured">
      <BackFromMeeting kind={kind} />
      <PageTitle>{t(kind === "again" ? "again.title" : "meetAgain.title", names)}</PageTitle>
      <p className="lead">{t(`${kind}.lead`)}</p>
      <ul className="meeting-points">
        {kind === "again"
          ? points.again.map((point) => <li key={point}>{t(`again.${point}`, said)}</li>)
          : points.return.map((point) => <li key={point}>{t(`return.${point}`, said)}</li>)}
      </ul>
      <p>{t(`${kind}.there`, said)}</p>
      <div className="row">
        <Button className="btn primary" onPress={onGo}>
          {t("meetAgain.go")}
        </Button>
        <Link className="btn" href={cameFrom[kind]}>
          {t("meetAgain.not")}
        </Link>
      </div>
    </div>
  );
};
