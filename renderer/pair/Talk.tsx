import { type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { PairingTalk } from "../../shared/journal/journal.ts";
import { PageTitle } from "../ui/PageTitle.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useLive } from "../ui/useLive.ts";
import { FourWords } from "./FourWords.tsx";
import { Invitation } from "./Invitation.tsx";
import { MeetingMeans } from "./MeetingMeans.tsx";
import { MetDone } from "./MetDone.tsx";
import { isOwn, ownTexts } from "./ownTexts.ts";
import type { Pairing } from "./usePairing.ts";

type TalkProps = {
  readonly pairing: Pairing;
  readonly talk: PairingTalk;
  readonly onLock: () => void;
};

/** One attempt from the invitation to its end. It ends paired or not paired, never in between. */
export const Talk = ({ pairing, talk, onLock }: TalkProps) => {
  const { t } = useTranslation("pair");
  const view = useLive(talk.view);
  const { as, invited, meeting } = pairing;
  const own = ownTexts(as);
  switch (view.step) {
    case "waiting":
      return (
        <Step title={invited === undefined ? t("title", own) : t("invited.title")}>
          {invited === undefined ? (
            <p role="status">{t("join.starting", own)}</p>
          ) : (
            <Invitation pairing={pairing} invited={invited} />
          )}
          <Stop talk={talk} />
        </Step>
      );
    case "meeting":
      return (
        <Step title={t("title", own)}>
          <p role="status">{t("meeting", own)}</p>
          <Stop talk={talk} />
        </Step>
      );
    case "words":
      return (
        <Step title={t("words.title")}>
          <FourWords
            words={view.words}
            confirmed={view.confirmed}
            talk={talk}
            as={as}
            means={<MeetingMeans as={as} meeting={view.meeting} otherKeys={view.otherKeys} />}
          />
        </Step>
      );
    case "finishing":
      return (
        <Step title={t("title", own)}>
          <p role="status">{t("finishing", own)}</p>
        </Step>
      );
    case "done":
      return (
        <Step title={t(doneTitle(meeting))}>
          <MetDone pairing={pairing} onLock={onLock} />
        </Step>
      );
    case "ended":
      return (
        <Step title={t(endedTitle(as))}>
          <Trouble group={isOwn(as) ? "ownPairing" : "pairing"} code={codeFor(view.code, as)} />
          {as === "new" ? null : <p>{t("ended.asBefore")}</p>}
          <div className="row">
            <Button className="btn primary" onPress={pairing.putAway}>
              {t("ended.again")}
            </Button>
          </div>
        </Step>
      );
  }
};

const doneTitle = (meeting: Pairing["meeting"]) => {
  if (meeting === "adds") return "done.addsTitle";
  if (meeting === "joins") return "done.joinsTitle";
  return meeting === "theirs" || meeting === "mine" ? "done.againTitle" : "done.title";
};

const endedTitle = (as: Pairing["as"]) => {
  if (as === "adds") return "ended.addsTitle";
  if (as === "joins") return "ended.joinsTitle";
  return as === "new" ? "ended.title" : "ended.againTitle";
};

/** Who chose that the other has a new computer is paired, and knows it. */
const codeFor = (code: string, as: Pairing["as"]): string =>
  code === "ALREADY_PAIRED" && as === "again" ? "BOTH_STAY" : code;

const Step = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <div className="stack measured">
    <PageTitle key={title}>{title}</PageTitle>
    {children}
  </div>
);

const Stop = ({ talk }: { readonly talk: PairingTalk }) => {
  const { t } = useTranslation("pair");
  return (
    <div className="row">
      <Button className="btn quiet" onPress={talk.cancel}>
        {t("stop")}
      </Button>
    </div>
  );
};
