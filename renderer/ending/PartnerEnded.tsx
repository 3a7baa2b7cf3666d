import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link } from "wouter";
import { useDates } from "../ui/useDates.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";

/** What the partner's last message says, in words; their clock may be wrong, and then no day is named. */
export const PartnerEndedText = ({ day }: { readonly day: number | undefined }) => {
  const { t } = useTranslation("ending");
  const { Partner } = usePartnerName();
  const dates = useDates();
  return (
    <>
      <p>
        {day === undefined
          ? t("told.noDay", { Partner })
          : t("told.on", { Partner, day: dates.day(day) })}
      </p>
      <p>{t("told.stays")}</p>
    </>
  );
};

/** On every place until it is put away, and again when Twofold is next opened. */
export const PartnerEndedNotice = () => {
  const { t } = useTranslation("ending");
  const state = useLive(useJournal().ending.state);
  const [away, setAway] = useState(false);
  if (away || state.state !== "together" || state.partnerEnded === undefined) return null;
  return (
    <div className="notice ending-told" role="status">
      <div>
        <PartnerEndedText day={state.partnerEnded.day} />
      </div>
      <div className="row">
        <Link className="btn" href="/settings/ending">
          {t("told.choices")}
        </Link>
        <Button className="btn quiet" onPress={() => setAway(true)}>
          {t("told.later")}
        </Button>
      </div>
    </div>
  );
};
