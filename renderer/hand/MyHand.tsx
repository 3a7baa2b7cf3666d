import { useTranslation } from "react-i18next";
import type { Hand } from "../../shared/page/hands.ts";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Voice } from "../ui/Voice.tsx";
import { useDates } from "../ui/useDates.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { HandWords } from "./HandWords.tsx";
import { useTakeDown } from "./useTakeDown.ts";

/** What I ask for now, what was said back, and the way to take it down. */
export const MyHand = ({ hand }: { readonly hand: Hand }) => {
  const { t } = useTranslation("hand");
  const names = usePartnerName();
  const dates = useDates();
  const { takeDown, busy, code } = useTakeDown();
  return (
    <div className="hand mine stack">
      <Voice who="mine">{t("youAsk", { ...names, when: dates.moment(hand.until) })}</Voice>
      <HandWords hand={hand} />
      {hand.back === undefined ? null : (
        <p className="hand-back" dir="auto">
          {t("answer.theySaid", { ...names, words: hand.back.line })}
        </p>
      )}
      {code === undefined ? null : <Trouble group="page" code={code} />}
      <div className="row">
        <TaskButton className="btn quiet" busy={busy} onPress={() => takeDown()}>
          {t("down")}
        </TaskButton>
      </div>
    </div>
  );
};
