import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useLive } from "../ui/useLive.ts";
import type { Pairing } from "./usePairing.ts";

/** The other side may answer while this side writes: it is said, and nobody is pulled away. */
export const PairingNotice = ({ pairing }: { readonly pairing: Pairing }) => {
  if (pairing.talk === undefined) return null;
  return <WordsWait talk={pairing.talk} to={placeOfTalk(pairing)} />;
};

/** Where an attempt is gone on with. */
const placeOfTalk = ({ as }: Pairing): string => (as === "again" ? "/pair/again" : "/pair");

type WordsWaitProps = { readonly talk: NonNullable<Pairing["talk"]>; readonly to: string };

const WordsWait = ({ talk, to }: WordsWaitProps) => {
  const { t } = useTranslation();
  const view = useLive(talk.view);
  if (view.step !== "words") return null;
  return (
    <div className="notice" role="status">
      <p>{t("pairingBanner")}</p>
      <Link className="btn primary" href={to}>
        {t("pairingBannerGo")}
      </Link>
    </div>
  );
};
