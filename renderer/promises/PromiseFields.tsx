import { useState } from "react";
import { useTranslation } from "react-i18next";
import { createQueue } from "../../shared/base/queue.ts";
import type { Result } from "../../shared/base/result.ts";
import type { PageCode } from "../../shared/journal/openPage.ts";
import { type Card, type Went, wentValues } from "../../shared/page/card.ts";
import { Choice } from "../ui/Choice.tsx";
import { DayField } from "../ui/DayField.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";

/** One after another, so that a slow disk ends with what was chosen last. */
const useInTurn = () => {
  const [inTurn] = useState(createQueue);
  const [code, setCode] = useState<PageCode>();
  const keep = (save: () => Promise<Result<void, PageCode>>): void => {
    void inTurn(save).then((kept) => setCode(kept.ok ? undefined : kept.code));
  };
  return { code, keep };
};

/** For which day, if any. */
export const PromiseDay = ({ draft }: { readonly draft: Card }) => {
  const { t } = useTranslation("promises");
  const journal = useJournal();
  const { code, keep } = useInTurn();
  return (
    <div className="stack">
      <DayField
        label={t("day.label")}
        help={t("day.help")}
        value={draft.promise?.by}
        onChange={(day) => keep(() => journal.setPromiseDay(draft.id, day))}
      />
      {code === undefined ? null : <Trouble group="page" code={code} />}
    </div>
  );
};

export const WentChoice = ({ draft }: { readonly draft: Card }) => {
  const { t } = useTranslation("promises");
  const journal = useJournal();
  const { code, keep } = useInTurn();
  const [chosen, setChosen] = useState<Went>();
  return (
    <div className="stack">
      <Choice
        across
        label={t("went.label")}
        options={wentValues.map((value) => ({ value, label: t(`went.${value}`) }))}
        value={chosen ?? draft.went ?? "kept"}
        onChange={(value) => {
          const went = wentValues.find((one) => one === value) ?? "kept";
          setChosen(went);
          keep(() => journal.setWent(draft.id, went));
        }}
      />
      {code === undefined ? null : <Trouble group="page" code={code} />}
    </div>
  );
};
