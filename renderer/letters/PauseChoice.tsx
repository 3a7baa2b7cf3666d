import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { createQueue } from "../../shared/base/queue.ts";
import type { PageCode } from "../../shared/journal/openPage.ts";
import { Choice } from "../ui/Choice.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import type { Paper } from "./papers.ts";
import { pauses } from "./usePauseWords.ts";

/** "A pause before a reply". A choice shows at once; the disk gets one after another, so that a slow one loses none. */
export const PauseChoice = ({ letter: paper }: { readonly letter: Paper }) => {
  const { t } = useTranslation("letters");
  const journal = useJournal();
  const names = usePartnerName();
  const [inTurn] = useState(createQueue);
  const newest = useRef<number>(undefined);
  const [chosen, setChosen] = useState<number>();
  const [code, setCode] = useState<PageCode>();
  const choose = (hours: number): void => {
    newest.current = hours;
    setChosen(hours);
    void inTurn(() => journal.setPause(paper.id, hours)).then((kept) => {
      if (newest.current !== hours) return;
      setCode(kept.ok ? undefined : kept.code);
      if (!kept.ok) setChosen(undefined);
    });
  };
  const options = pauses.map((hours) => ({
    value: String(hours),
    label: t(`pause.choice.${hours}`),
  }));
  return (
    <div className="stack">
      <Choice
        across
        label={t("pause.label")}
        help={t("pause.help", names)}
        options={options}
        value={String(chosen ?? paper.letter?.pauseHours ?? 0)}
        onChange={(value) => choose(Number(value))}
      />
      {code === undefined ? null : <Trouble group="page" code={code} />}
    </div>
  );
};
