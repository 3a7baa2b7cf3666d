import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PageCode } from "../../../shared/journal/openPage.ts";
import type { Card } from "../../../shared/page/card.ts";
import { Sheet } from "../Sheet.tsx";
import { TaskButton } from "../TaskButton.tsx";
import { Trouble } from "../Trouble.tsx";
import { useJournal } from "../surroundings.ts";
import { useDates } from "../useDates.ts";
import { useTask } from "../useTask.ts";
import { RestUntil } from "./RestUntil.tsx";
import { useRests } from "./useRests.ts";

/** Lets a draft rest until an hour that its writer chooses, and says until when it rests. */
export const Rest = ({ draft }: { readonly draft: Card }) => {
  const { t } = useTranslation("closed");
  const journal = useJournal();
  const dates = useDates();
  const [asks, setAsks] = useState(false);
  const task = useTask<PageCode>();
  const { restsUntil } = useRests(draft);
  const rests = restsUntil !== undefined;
  const letRest = (until: number | undefined) =>
    task.run(
      () => journal.rest(draft.id, until),
      () => setAsks(false),
    );
  const close = () => {
    setAsks(false);
    task.forget();
  };
  const rested = !rests && draft.draft?.restsUntil !== undefined;
  return (
    <div className="rest">
      <p role="status" className="quiet-state">
        {rests ? t("rest.until", { when: dates.moment(restsUntil) }) : rested ? t("rest.over") : ""}
      </p>
      {task.code !== undefined && !asks ? <Trouble group="page" code={task.code} /> : null}
      {/* One button with two meanings, so that the focus stays on it when it has been pressed. */}
      <TaskButton
        className="btn quiet"
        busy={task.busy}
        onPress={() => (rests ? letRest(undefined) : setAsks(true))}
      >
        {rests ? t("rest.takeUp") : t("rest.button")}
      </TaskButton>
      <Sheet title={t("rest.title")} open={asks} onClose={close}>
        <RestUntil task={task} onChosen={letRest} onLeft={close} />
      </Sheet>
    </div>
  );
};
