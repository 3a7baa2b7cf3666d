import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { AddingDesk, PairHow, PairingDesk } from "../../shared/journal/journal.ts";
import { PageTitle } from "../ui/PageTitle.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { AlreadyTwo } from "./AlreadyTwo.tsx";
import { AskPassphrase } from "./AskPassphrase.tsx";
import { BackFromMeeting, BeforeMeeting, type MeetingKind } from "./BeforeMeeting.tsx";
import { LostBefore } from "./LostBefore.tsx";
import { Talk } from "./Talk.tsx";
import { TwoWays } from "./TwoWays.tsx";
import { type Adding, useAdding } from "./useAdding.ts";
import { useJoining } from "./useJoining.ts";
import type { How, OwnHow, Pairing } from "./usePairing.ts";
import { type PairStanding, usePairStanding } from "./usePairStanding.ts";

/** What brings somebody here. again: the partner has a new computer · lost: one of one's own is · adds, joins: another computer of one's own. */
type PairAt = "pair" | PairHow | OwnHow;

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
  const hasOthers = useLive(useJournal().computers).mine > 0;
  const [anew, setAnew] = useState(false);
  /** What it means has been read; after an attempt that ended, too. */
  const [goes, setGoes] = useState(false);
  const [ownWays, setOwnWays] = useState<AddingDesk>();
  if (pairing.talk !== undefined)
    return <Talk pairing={pairing} talk={pairing.talk} onLock={onLock} />;
  if (standing === "ended") return <EndedHere />;
  if (at === "adds" && adding !== "may") return <CannotAdd why={adding} />;
  if (at === "lost" && !hasOthers) return <NoneLost />;
  const kind = at === "joins" && joining !== "no" ? "joins" : kindOf(standing, at);
  if (kind !== undefined && !goes) return <BeforeMeeting kind={kind} onGo={() => setGoes(true)} />;
  if (kind === "adds")
    return ownWays === undefined ? (
      <AskPassphrase desk={pairing.desk} onOpened={setOwnWays} />
    ) : (
      <WaysOf kind={kind} pairing={pairing} how={kind} ways={ownWays} />
    );
  if (kind !== undefined) {
    const how = kind === "return" ? undefined : kind;
    return <WaysOf kind={kind} pairing={pairing} how={how} ways={plainWays(pairing.desk, how)} />;
  }
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
      <TwoWays key={pairing.offered} pairing={pairing} ways={plainWays(pairing.desk)} />
    </div>
  );
};

const plainWays = (desk: PairingDesk, how?: PairHow): AddingDesk => ({
  invite: (where) => desk.invite(where, how),
  join: (link) => desk.join(link, how),
});

const kindOf = (standing: PairStanding, at: PairAt): MeetingKind | undefined => {
  if (standing === "paused") return "return";
  return standing === "together" && (at === "again" || at === "adds" || at === "lost")
    ? at
    : undefined;
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

/** With one computer a meeting begins on the new one, or after a backup. */
const NoneLost = () => {
  const { t } = useTranslation("pair");
  return (
    <div className="stack measured">
      <BackFromMeeting kind="lost" />
      <PageTitle>{t("lost.title")}</PageTitle>
      <p>{t("lost.none")}</p>
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

type WaysOfProps = {
  readonly kind: MeetingKind;
  readonly pairing: Pairing;
  readonly how: How;
  readonly ways: AddingDesk;
};

/** The ways that there are at every pairing. */
const WaysOf = ({ kind, pairing, how, ways }: WaysOfProps) => {
  const { t } = useTranslation("pair");
  const names = usePartnerName();
  const own = kind === "adds" || kind === "joins";
  return (
    <div className="stack measured">
      <BackFromMeeting kind={kind} />
      <PageTitle>{own ? t(`${kind}.title`) : t("meetAgain.title", names)}</PageTitle>
      <p>{t(own ? "own.invited" : "meetAgain.invited")}</p>
      <TwoWays key={pairing.offered} pairing={pairing} how={how} ways={ways} />
    </div>
  );
};
