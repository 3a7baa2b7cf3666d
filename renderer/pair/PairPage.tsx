import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { PairHow } from "../../shared/journal/journal.ts";
import { PageTitle } from "../ui/PageTitle.tsx";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { AlreadyTwo } from "./AlreadyTwo.tsx";
import { BackFromMeeting, BeforeMeeting, type MeetingKind } from "./BeforeMeeting.tsx";
import { LostBefore } from "./LostBefore.tsx";
import { Talk } from "./Talk.tsx";
import { TwoWays } from "./TwoWays.tsx";
import { type Adding, useAdding } from "./useAdding.ts";
import { useJoining } from "./useJoining.ts";
import type { Pairing } from "./usePairing.ts";
import { type PairStanding, usePairStanding } from "./usePairStanding.ts";

/** What brings somebody here. again: the partner has a new computer · adds, joins: another computer of one's own. */
type PairAt = "pair" | PairHow;

type PairPageProps = {
  readonly pairing: Pairing;
  readonly at?: PairAt;
  readonly onLock: () => void;
};

export const PairPage = ({ pairing, at = "pair", onLock }: PairPageProps) => {
  const { t } = useTranslation("pair");
  const standing = usePairStanding();
  const adding = useAdding();
  const joining = useJoining();
  const [anew, setAnew] = useState(false);
  /** What it means has been read; after an attempt that ended, too. */
  const [goes, setGoes] = useState(false);
  if (pairing.talk !== undefined)
    return <Talk pairing={pairing} talk={pairing.talk} onLock={onLock} />;
  if (standing === "ended") return <EndedHere />;
  if (at === "adds" && adding !== "may") return <CannotAdd why={adding} />;
  const kind = at === "joins" && joining !== "no" ? "joins" : kindOf(standing, at);
  if (kind !== undefined)
    return goes ? (
      <WaysOf kind={kind} pairing={pairing} />
    ) : (
      <BeforeMeeting kind={kind} onGo={() => setGoes(true)} />
    );
  if (standing !== "alone" && !anew)
    return <AlreadyTwo mayMeetAgain={standing === "together"} onAnew={() => setAnew(true)} />;
  return (
    <div className="stack measured">
      <PageTitle>{t("title")}</PageTitle>
      <p>{t("lead")}</p>
      {standing === "alone" ? (
        <div className="pair-otherwise">
          <p>
            <Link href="/pair/join-own">{t("joins.title")}</Link>
          </p>
          <LostBefore />
        </div>
      ) : null}
      <TwoWays key={pairing.offered} pairing={pairing} />
    </div>
  );
};

const kindOf = (standing: PairStanding, at: PairAt): MeetingKind | undefined => {
  if (standing === "paused") return "return";
  return standing === "together" && (at === "again" || at === "adds") ? at : undefined;
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

const CannotAdd = ({ why }: { readonly why: Exclude<Adding, "may"> }) => {
  const { t } = useTranslation("pair");
  const names = usePartnerName();
  return (
    <div className="stack measured">
      <BackFromMeeting kind="adds" />
      <PageTitle>{t("adds.title")}</PageTitle>
      <p>{t(`whyNotAdd.${why}`, names)}</p>
    </div>
  );
};

type WaysOfProps = { readonly kind: MeetingKind; readonly pairing: Pairing };

/** The ways that there are at every pairing. */
const WaysOf = ({ kind, pairing }: WaysOfProps) => {
  const { t } = useTranslation("pair");
  const names = usePartnerName();
  const own = kind === "adds" || kind === "joins";
  return (
    <div className="stack measured">
      <BackFromMeeting kind={kind} />
      <PageTitle>{own ? t(`${kind}.title`) : t("meetAgain.title", names)}</PageTitle>
      <p>{t(own ? "own.invited" : "meetAgain.invited")}</p>
      <TwoWays key={pairing.offered} pairing={pairing} how={kind === "return" ? undefined : kind} />
    </div>
  );
};
