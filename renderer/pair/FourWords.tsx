import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { PairingTalk } from "../../shared/journal/journal.ts";
import { ownTexts } from "./ownTexts.ts";
import type { MeetsAs } from "./usePairing.ts";

type FourWordsProps = {
  readonly words: readonly string[];
  readonly confirmed: boolean;
  readonly talk: PairingTalk;
  readonly as: MeetsAs;
  /** What saying yes brings about, where that is more than at a first pairing. */
  readonly means: ReactNode;
};

/** The one moment in which it can be seen that nobody stands between the two. */
export const FourWords = ({ words, confirmed, talk, as, means }: FourWordsProps) => {
  const { t } = useTranslation("pair");
  const own = ownTexts(as);
  return (
    <>
      <ol className="four-words" aria-label={t("words.list")} translate="no">
        {words.map((word, index) => (
          <li key={index}>{word}</li>
        ))}
      </ol>
      <p className="lead">{t("words.lead", own)}</p>
      <p className="help">{t("words.why", own)}</p>
      {means}
      {confirmed ? <p role="status">{t("words.confirmed", own)}</p> : null}
      <div className="row">
        {confirmed ? null : (
          <Button className="btn primary" onPress={talk.confirm}>
            {t("words.same")}
          </Button>
        )}
        <Button className="btn" onPress={talk.differ}>
          {t("words.differ")}
        </Button>
      </div>
    </>
  );
};
