import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { Hand } from "../../shared/page/hands.ts";
import { Voice } from "../ui/Voice.tsx";
import { useDates } from "../ui/useDates.ts";
import { useEnded } from "../ui/useEnded.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { HandWords } from "./HandWords.tsx";
import { SayBack } from "./SayBack.tsx";

/** What the other asks for now. Nothing is said back unless somebody says it. */
export const TheirHand = ({ hand }: { readonly hand: Hand }) => {
  const { t } = useTranslation("hand");
  const names = usePartnerName();
  const dates = useDates();
  const ended = useEnded();
  const [answering, setAnswering] = useState(false);
  return (
    <div className="hand theirs stack">
      <Voice who="theirs">{t("theyAsk", { ...names, when: dates.moment(hand.until) })}</Voice>
      <HandWords hand={hand} />
      {hand.back === undefined ? null : (
        <p className="hand-back" dir="auto">
          {t("answer.youSaid", { words: hand.back.line })}
        </p>
      )}
      {ended ? null : (
        <div className="row">
          <Button className="btn" onPress={() => setAnswering(true)}>
            {t(hand.back === undefined ? "answer.do" : "answer.again")}
          </Button>
        </div>
      )}
      <SayBack hand={hand} open={answering} onClose={() => setAnswering(false)} />
    </div>
  );
};
