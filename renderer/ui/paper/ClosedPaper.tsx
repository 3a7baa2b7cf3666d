import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { PageCode } from "../../../shared/journal/openPage.ts";
import type { Card, PutOff } from "../../../shared/page/card.ts";
import { TaskButton } from "../TaskButton.tsx";
import { Trouble } from "../Trouble.tsx";
import { Voice } from "../Voice.tsx";
import { useJournal } from "../surroundings.ts";
import { usePartnerName } from "../usePartnerName.ts";
import { type Task, useTask } from "../useTask.ts";

export type ClosedPaperProps = {
  readonly card: Card;
  /** What it is, from whom, of which day: "An answer from Sam · Thursday". */
  readonly label: string;
  readonly onOpened: () => void;
  /** Another one lies before it on the same screen: its own way in is no primary button then. */
  readonly among?: boolean;
};

/** Folded paper. Opening is its reader's choice, now, another day or in a session; the writer cannot learn of it. */
export const ClosedPaper = ({ card, label, onOpened, among = false }: ClosedPaperProps) => {
  const journal = useJournal();
  const task = useTask<PageCode>();
  const [said, setSaid] = useState<{ readonly putOff: PutOff | undefined }>();
  const paper = useRef<HTMLDivElement>(null);
  const name = useId();
  const { putOff } = card;
  // The button that was pressed is gone with the change; the paper that it lay on keeps the focus.
  useEffect(() => {
    if (said === undefined || said.putOff !== putOff) return;
    paper.current?.focus();
    setSaid(undefined);
  }, [said, putOff]);
  const acts: Acts = {
    task,
    open: () => task.run(() => journal.openClosed(card.id), onOpened),
    leave: (to) =>
      task.run(
        () => journal.putOff(card.id, to),
        () => setSaid({ putOff: to }),
      ),
  };
  return (
    <div
      className={putOff === undefined ? "letter closed" : "letter put-off"}
      role="group"
      aria-labelledby={name}
      aria-describedby={`${name}-state`}
      tabIndex={-1}
      ref={paper}
    >
      <div id={name}>
        <Voice who="theirs">{label}</Voice>
      </div>
      {putOff === undefined ? (
        <Folded acts={acts} among={among} state={`${name}-state`} />
      ) : (
        <Waiting acts={acts} putOff={putOff} state={`${name}-state`} />
      )}
    </div>
  );
};

type Acts = {
  readonly task: Task<PageCode>;
  readonly open: () => void;
  readonly leave: (to: PutOff | undefined) => void;
};

type FoldedProps = { readonly acts: Acts; readonly state: string; readonly among: boolean };

const Folded = ({ acts, state, among }: FoldedProps) => {
  const { t } = useTranslation("closed");
  const names = usePartnerName();
  return (
    <>
      <p id={state}>{t("closed")}</p>
      {acts.task.code === undefined ? null : <Trouble group="page" code={acts.task.code} />}
      <div className="row">
        <TaskButton
          className={among ? "btn" : "btn primary"}
          busy={acts.task.busy}
          onPress={acts.open}
        >
          {t("open")}
        </TaskButton>
        <Button className="btn" onPress={() => acts.leave("today")}>
          {t("notToday")}
        </Button>
        <Button className="btn quiet" onPress={() => acts.leave("session")}>
          {t("forSession")}
        </Button>
      </div>
      <p className="help">{t("staysHere", names)}</p>
    </>
  );
};

type WaitingProps = { readonly acts: Acts; readonly state: string; readonly putOff: PutOff };

const Waiting = ({ acts, state, putOff }: WaitingProps) => {
  const { t } = useTranslation("closed");
  return (
    <>
      <p id={state}>{t(`putOff.${putOff}`)}</p>
      <div className="row">
        <TaskButton className="btn quiet" busy={acts.task.busy} onPress={acts.open}>
          {putOff === "today" ? t("openAfterAll") : t("open")}
        </TaskButton>
        {putOff === "session" ? (
          <Button className="btn quiet" onPress={() => acts.leave(undefined)}>
            {t("putBack")}
          </Button>
        ) : null}
      </div>
      {acts.task.code === undefined ? null : <Trouble group="page" code={acts.task.code} />}
    </>
  );
};
