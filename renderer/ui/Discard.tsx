import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { Result } from "../../shared/base/result.ts";
import { Sheet } from "./Sheet.tsx";
import { TaskButton } from "./TaskButton.tsx";
import { Trouble } from "./Trouble.tsx";
import { useTask } from "./useTask.ts";

type DiscardProps = {
  readonly title?: string;
  readonly text: string;
  readonly discard: () => Promise<Result<void, string>>;
  readonly onDone: () => void;
  readonly reopen: () => void;
};

export const Discard = ({ title, text, discard, onDone, reopen }: DiscardProps) => {
  const { t } = useTranslation("journal");
  const [asks, setAsks] = useState(false);
  const task = useTask<string>();
  const keep = () => {
    setAsks(false);
    if (task.code === undefined) return;
    task.forget();
    reopen();
  };
  return (
    <>
      <Button className="btn quiet" onPress={() => setAsks(true)}>
        {t("discard.button")}
      </Button>
      <Sheet title={title ?? t("discard.title")} open={asks} onClose={keep} asks>
        <p>{text}</p>
        {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
        <div className="row">
          <TaskButton
            className="btn primary"
            busy={task.busy}
            onPress={() => task.run(discard, onDone)}
          >
            {t("discard.confirm")}
          </TaskButton>
          <Button className="btn" autoFocus onPress={keep}>
            {t("discard.keep")}
          </Button>
        </div>
      </Sheet>
    </>
  );
};
