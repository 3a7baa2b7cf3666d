import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { PageId } from "../../../shared/base/ids.ts";
import type { PageCode } from "../../../shared/journal/openPage.ts";
import type { Card } from "../../../shared/page/card.ts";
import { Sheet } from "../Sheet.tsx";
import { TaskButton } from "../TaskButton.tsx";
import { Trouble } from "../Trouble.tsx";
import { useJournal } from "../surroundings.ts";
import { useLive } from "../useLive.ts";
import { useEnded } from "../useEnded.ts";
import { usePartnerName } from "../usePartnerName.ts";
import { useTask } from "../useTask.ts";
import { noteWithdrawn } from "./justWithdrawn.ts";

export type OwnPageToolsProps = {
  /** A shared page of mine that is not withdrawn. */
  readonly card: Card;
  /** A private copy is made: show it for changing. Undefined: what was delivered once does not change. */
  readonly onChanging: ((draft: PageId) => void) | undefined;
};

/** What its writer can still do with words that were sent: change them in the open, or withdraw them. */
export const OwnPageTools = ({ card, onChanging }: OwnPageToolsProps) => {
  const { t } = useTranslation("closed");
  const journal = useJournal();
  const task = useTask<PageCode>();
  // Nothing that was shared changes once the journal has ended.
  if (useEnded()) return null;
  return (
    <div className="own-tools">
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <div className="row">
        {onChanging === undefined ? null : (
          <TaskButton
            className="btn quiet"
            busy={task.busy}
            onPress={() => task.run(() => journal.draftChange(card.id), onChanging)}
          >
            {t("own.change")}
          </TaskButton>
        )}
        <Withdraw page={card.id} waits={task.busy} />
      </div>
    </div>
  );
};

const Withdraw = ({ page, waits }: { readonly page: PageId; readonly waits: boolean }) => {
  const { t } = useTranslation("closed");
  const journal = useJournal();
  const names = usePartnerName();
  const [asks, setAsks] = useState(false);
  const task = useTask<PageCode>();
  const changing = useLive(journal.cards).some(({ draft }) => draft?.changes === page);
  const withdraw = async () => {
    noteWithdrawn(page);
    const done = await journal.withdraw(page);
    if (!done.ok) noteWithdrawn(undefined);
    return done;
  };
  const keep = () => {
    if (task.busy) return;
    setAsks(false);
    task.forget();
  };
  return (
    <>
      <Button className="btn quiet" isDisabled={waits} onPress={() => setAsks(true)}>
        {t("own.withdraw")}
      </Button>
      <Sheet title={t("own.title")} open={asks} onClose={keep} asks>
        <p>{t("own.happens", names)}</p>
        {changing ? <p>{t("own.changeGoes")}</p> : null}
        <p>{t("own.stays", names)}</p>
        {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
        <div className="row">
          <TaskButton
            className="btn primary"
            busy={task.busy}
            onPress={() => task.run(withdraw, () => setAsks(false))}
          >
            {task.busy ? t("own.withdrawing") : t("own.confirm")}
          </TaskButton>
          <Button className="btn" autoFocus isDisabled={task.busy} onPress={keep}>
            {t("own.keep")}
          </Button>
        </div>
      </Sheet>
    </>
  );
};
