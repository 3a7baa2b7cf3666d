import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { PageTitle } from "../ui/PageTitle.tsx";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { AlreadyTwo } from "./AlreadyTwo.tsx";
import { BackFromMeeting, BeforeMeeting, type MeetingKind } from "./BeforeMeeting.tsx";
import { LostBefore } from "./LostBefore.tsx";
import { Talk } from "./Talk.tsx";
import { TwoWays } from "./TwoWays.tsx";
import type { Pairing } from "./usePairing.ts";
import { type PairStanding, usePairStanding } from "./usePairStanding.ts";

type PairPageProps = {
  readonly pairing: Pairing;
  /** The place where the partner is said to have a new computer. */
  readonly again?: boolean;
  readonly onLock: () => void;
};

export const PairPage = ({ pairing, again = false, onLock }: PairPageProps) => {
  const { t } = useTranslation("pair");
  const standing = usePairStanding();
  const [anew, setAnew] = useState(false);
  /** What it means has been read; after an attempt that ended, too. */
  const [goes, setGoes] = useState(false);
  if (pairing.talk !== undefined)
    return <Talk pairing={pairing} talk={pairing.talk} onLock={onLock} />;
  if (standing === "ended") return <EndedHere />;
  const kind = kindOf(standing, again);
  if (kind !== undefined)
    return goes ? (
      <MeetAgain kind={kind} pairing={pairing} />
    ) : (
      <BeforeMeeting kind={kind} onGo={() => setGoes(true)} />
    );
  if (standing !== "alone" && !anew)
    return <AlreadyTwo mayMeetAgain={standing === "together"} onAnew={() => setAnew(true)} />;
  return (
    <div className="stack measured">
      <PageTitle>{t("title")}</PageTitle>
      <p>{t("lead")}</p>
      {standing === "alone" ? <LostBefore /> : null}
      <TwoWays key={pairing.offered} pairing={pairing} />
    </div>
  );
};

const kindOf = (standing: PairStanding, again: boolean): MeetingKind | undefined => {
  if (standing === "paused") return "return";
  return standing === "together" && again ? "again" : undefined;
};

const EndedHere = () => {
  const { t } = useTranslation("ending");
  return (
    <div className="stack measured">
      <PageTitle>{t("ended.title")}</PageTitle>
      <p>{t("pair")}</p>
      <p>
        <Link href="/settings/ending">{t("settings.see")}</Link>
      </p>
    </div>
  );
};

type MeetAgainProps = { readonly kind: MeetingKind; readonly pairing: Pairing };

/** The ways that there are at every pairing. */
const MeetAgain = ({ kind, pairing }: MeetAgainProps) => {
  const { t } = useTranslation("pair");
  const names = usePartnerName();
  return (
    <div className="stack measured">
      <BackFromMeeting kind={kind} />
      <PageTitle>{t("meetAgain.title", names)}</PageTitle>
      <p>{t("meetAgain.invited")}</p>
      <TwoWays
        key={pairing.offered}
        pairing={pairing}
        how={kind === "again" ? "again" : undefined}
      />
    </div>
  );
};
