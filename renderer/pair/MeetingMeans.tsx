import { useTranslation } from "react-i18next";
import type { Meeting } from "../../shared/journal/journal.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import type { MeetsAs } from "./usePairing.ts";

type MeetingMeansProps = {
  readonly as: MeetsAs;
  readonly meeting: Meeting;
  readonly otherKeys: boolean;
};

/** What "They are the same" brings about, where a computer comes that was not there before; beside the words. */
export const MeetingMeans = ({ as, meeting, otherKeys }: MeetingMeansProps) => {
  const { t } = useTranslation("pair");
  const names = usePartnerName();
  if (meeting === "first" && !otherKeys) return null;
  return (
    <div className="meeting-means">
      {meeting === "theirs" ? <p>{t("means.theirs", names)}</p> : null}
      {meeting === "mine" ? <p>{t(mineMeans(as), names)}</p> : null}
      {meeting === "adds" ? <p>{t("means.adds", names)}</p> : null}
      {meeting === "joins" ? <p>{t("means.joins")}</p> : null}
      {otherKeys ? (
        <p>
          <strong>{t("means.otherKeys", names)}</strong> {t("means.otherKeysWhy", names)}
        </p>
      ) : null}
    </div>
  );
};

const mineMeans = (as: MeetsAs) => {
  if (as === "lost") return "means.lostOwn";
  return as === "new" ? "means.lost" : "means.mine";
};
