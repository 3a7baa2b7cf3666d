import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { Day } from "../../shared/page/card.ts";
import { daysFrom } from "../../shared/page/day.ts";
import { Sheet } from "../ui/Sheet.tsx";
import { useSurroundings } from "../ui/surroundings.ts";
import { useEnded } from "../ui/useEnded.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { DayForm } from "./DayForm.tsx";
import { readSaid } from "./saidDay.ts";
import { isAnswered, type Thread } from "./threads.ts";
import { useDayWords } from "../ui/useDayWords.ts";

/** "I'll answer by …": said by whoever was asked, seen by both, and changed only in the open. */
export const SaidDay = ({ thread }: { readonly thread: Thread }) => {
  const { t } = useTranslation("questions");
  const names = usePartnerName();
  const dayWords = useNearDayWords();
  const [asks, setAsks] = useState(false);
  const { question } = thread;
  const said = readSaid(thread);
  const whose = question.author === "me" ? "theirs" : "mine";
  const ended = useEnded();
  const mayAnswer =
    whose === "mine" && question.withdrawnAt === undefined && !isAnswered(thread) && !ended;
  const words =
    said === undefined
      ? ""
      : said.before === undefined
        ? t(`said.${whose}`, { ...names, day: dayWords(said.day) })
        : t(`said.${whose}Changed`, {
            ...names,
            day: dayWords(said.day),
            before: dayWords(said.before),
          });
  return (
    <div className="said-day">
      <p role="status">{words}</p>
      {mayAnswer ? (
        <>
          <Button className="btn quiet" onPress={() => setAsks(true)}>
            {said === undefined ? t("said.begin") : t("said.anew")}
          </Button>
          <Sheet title={t("said.title")} open={asks} onClose={() => setAsks(false)}>
            <DayForm question={question.id} onLeft={() => setAsks(false)} />
          </Sheet>
        </>
      ) : null}
    </div>
  );
};

/** Near days by their names; never "yesterday": a day that has passed stays the day that was said. */
const useNearDayWords = (): ((day: Day) => string) => {
  const { t } = useTranslation("questions");
  const { clock } = useSurroundings();
  const dayWords = useDayWords();
  const now = clock.now();
  return (day) => {
    if (day === daysFrom(now, 0)) return t("said.tonight");
    if (day === daysFrom(now, 1)) return t("said.tomorrow");
    return dayWords(day);
  };
};
