import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { PageId } from "../../shared/base/ids.ts";
import type { PageCode } from "../../shared/journal/openPage.ts";
import { Sheet } from "../ui/Sheet.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useEnded } from "../ui/useEnded.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";

type AskAgainProps = { readonly question: PageId; readonly onAsked: () => void };

/** The same thing asked again, as often as it takes. */
export const AskAgain = ({ question, onAsked }: AskAgainProps) => {
  const { t } = useTranslation("questions");
  const journal = useJournal();
  const names = usePartnerName();
  const [asks, setAsks] = useState(false);
  const task = useTask<PageCode>();
  if (useEnded()) return null;
  return (
    <>
      <Button className="btn" onPress={() => setAsks(true)}>
        {t("again.button")}
      </Button>
      <Sheet title={t("again.title")} open={asks} onClose={() => setAsks(false)} asks>
        <p>{t("again.text", names)}</p>
        {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
        <div className="row">
          <TaskButton
            className="btn primary"
            busy={task.busy}
            onPress={() =>
              task.run(
                () => journal.askAgain(question),
                () => {
                  setAsks(false);
                  onAsked();
                },
              )
            }
          >
            {t("again.confirm")}
          </TaskButton>
          <Button className="btn quiet" onPress={() => setAsks(false)}>
            {t("thread.notNow")}
          </Button>
        </div>
      </Sheet>
    </>
  );
};
