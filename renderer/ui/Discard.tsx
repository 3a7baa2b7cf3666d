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
};

export const Discard = ({ title, text, discard, onDone }: DiscardProps) => {
  const { t } = useTranslation("journal");
  const [asks, setAsks] = useState(false);
  const task = useTask<string>();
  return (
    <>
      <Button className="btn quiet" onPress={() => setAsks(true)}>
        {t("discard.button")}
      </Button>
      <Sheet title={title ?? t("discard.title")} open={asks} onClose={() => setAsks(false)} asks>
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
          <Button className="btn" autoFocus onPress={() => setAsks(false)}>
            {t("discard.keep")}
          </Button>
        </div>
      </Sheet>
    </>
  );
};
