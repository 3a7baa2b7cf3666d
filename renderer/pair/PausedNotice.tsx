import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link } from "wouter";
import { usePartnerName } from "../ui/usePartnerName.ts";
import type { Pairing } from "./usePairing.ts";
import { usePairStanding } from "./usePairStanding.ts";
import { useUnlocksNext } from "./useUnlocksNext.ts";

type PausedNoticeProps = {
  readonly pairing: Pairing;
  /** There it stands in its own section. */
  readonly inSettings: boolean;
  readonly onLock: () => void;
};

/** In a journal that came back from a backup: the way on, until it is put away; then again when Twofold is next opened. */
export const PausedNotice = ({ pairing, inSettings, onLock }: PausedNoticeProps) => {
  const { t } = useTranslation("app");
  const names = usePartnerName();
  const paused = usePairStanding() === "paused";
  const unlocksNext = useUnlocksNext(pairing);
  const [away, setAway] = useState(false);
  if (unlocksNext)
    return (
      <div className="notice" role="status">
        <p>{t("pausedBanner.met", names)}</p>
        <Button className="btn primary" onPress={onLock}>
          {t("pausedBanner.lock")}
        </Button>
      </div>
    );
  // While the two meet, its own notices speak.
  if (!paused || away || inSettings || pairing.running) return null;
  return (
    <div className="notice" role="status">
      <p>{t("pausedBanner.text", names)}</p>
      <div className="row">
        <Link className="btn" href="/pair">
          {t("pausedBanner.go", names)}
        </Link>
        <Button className="btn quiet" onPress={() => setAway(true)}>
          {t("pausedBanner.later")}
        </Button>
      </div>
    </div>
  );
};
