import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useLive } from "../ui/useLive.ts";
import { ownTexts } from "./ownTexts.ts";
import type { MeetsAs, Pairing } from "./usePairing.ts";

/** The other side may answer while this side writes: it is said, and nobody is pulled away. */
export const PairingNotice = ({ pairing }: { readonly pairing: Pairing }) => {
  if (pairing.talk === undefined) return null;
  return <WordsWait talk={pairing.talk} as={pairing.as} />;
};

/** Where an attempt is gone on with. */
const placeOfTalk: Readonly<Record<MeetsAs, string>> = {
  new: "/pair",
  back: "/pair",
  again: "/pair/again",
  lost: "/pair/lost",
  adds: "/pair/own",
  joins: "/pair/join-own",
};

type WordsWaitProps = { readonly talk: NonNullable<Pairing["talk"]>; readonly as: MeetsAs };

const WordsWait = ({ talk, as }: WordsWaitProps) => {
  const { t } = useTranslation();
  const view = useLive(talk.view);
  if (view.step !== "words") return null;
  return (
    <div className="notice" role="status">
      <p>{t("pairingBanner", ownTexts(as))}</p>
      <Link className="btn primary" href={placeOfTalk[as]}>
        {t("pairingBannerGo")}
      </Link>
    </div>
  );
};
