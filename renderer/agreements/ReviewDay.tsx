import { useState } from "react";
import { useTranslation } from "react-i18next";
import { createQueue } from "../../shared/base/queue.ts";
import type { PageCode } from "../../shared/journal/openPage.ts";
import { type Card, type Day, longestAgreement } from "../../shared/page/card.ts";
import { dayAt, daysFrom } from "../../shared/page/day.ts";
import { DayField } from "../ui/DayField.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useDayWords } from "../ui/useDayWords.ts";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";

/** Until when it is to hold. A day that cannot be is not kept; the nearest that can is said instead. */
export const ReviewDay = ({ draft }: { readonly draft: Card }) => {
  const { t } = useTranslation("agreements");
  const journal = useJournal();
  const { clock } = useSurroundings();
  const dayWords = useDayWords();
  const [inTurn] = useState(createQueue);
  const [code, setCode] = useState<PageCode>();
  const [cannotBe, setCannotBe] = useState(false);
  const now = clock.now();
  const [first, last] = [dayAt(now), daysFrom(now, longestAgreement)];
  const choose = (day: Day | undefined): void => {
    setCannotBe(day !== undefined && (day < first || day > last));
    if (day === undefined) return;
    void inTurn(() => journal.setReview(draft.id, day)).then((kept) =>
      setCode(kept.ok ? undefined : kept.code),
    );
  };
  return (
    <div className="stack">
      <DayField
        label={t("review.label")}
        help={t("review.help", { day: dayWords(last) })}
        value={draft.agreement?.reviewBy}
        onChange={choose}
      />
      {cannotBe ? (
        <p className="note" role="status">
          {t("review.nearest", { day: dayWords(draft.agreement?.reviewBy ?? last) })}
        </p>
      ) : null}
      {code === undefined ? null : <Trouble group="page" code={code} />}
    </div>
  );
};
