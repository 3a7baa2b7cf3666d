import { type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link } from "wouter";
import type { PairingTalk } from "../../shared/journal/journal.ts";
import { PageTitle } from "../ui/PageTitle.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { FourWords } from "./FourWords.tsx";
import { Invitation } from "./Invitation.tsx";
import type { Pairing } from "./usePairing.ts";

type TalkProps = { readonly pairing: Pairing; readonly talk: PairingTalk };

/** One attempt from the invitation to its end. It ends paired or not paired, never in between. */
export const Talk = ({ pairing, talk }: TalkProps) => {
  const { t } = useTranslation("pair");
  const view = useLive(talk.view);
  const { owner } = usePartnerName();
  switch (view.step) {
    case "waiting":
      return (
        <Step title={pairing.invited === undefined ? t("title") : t("invited.title")}>
          {pairing.invited === undefined ? (
            <p role="status">{t("join.starting")}</p>
          ) : (
            <Invitation pairing={pairing} invited={pairing.invited} />
          )}
          <Stop talk={talk} />
        </Step>
      );
    case "meeting":
      return (
        <Step title={t("title")}>
          <p role="status">{t("meeting")}</p>
          <Stop talk={talk} />
        </Step>
      );
    case "words":
      return (
        <Step title={t("words.title")}>
          <FourWords words={view.words} confirmed={view.confirmed} talk={talk} />
        </Step>
      );
    case "finishing":
      return (
        <Step title={t("title")}>
          <p role="status">{t("finishing")}</p>
        </Step>
      );
    case "done":
      return (
        <Step title={t("done.title")}>
          <p>{t("done.text", { owner })}</p>
          <div className="row">
            <Link href="/journal" className="btn primary" onClick={pairing.putAway}>
              {t("done.go")}
            </Link>
          </div>
        </Step>
      );
    case "ended":
      return (
        <Step title={t("ended.title")}>
          <Trouble group="pairing" code={view.code} />
          <div className="row">
            <Button className="btn primary" onPress={pairing.putAway}>
              {t("ended.again")}
            </Button>
          </div>
        </Step>
      );
  }
};

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
