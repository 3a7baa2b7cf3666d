import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { StoreCode } from "../../../shared/ledger/stores.ts";
import type { PageBody } from "../../../shared/page/card.ts";
import { TaskButton } from "../TaskButton.tsx";
import { Trouble } from "../Trouble.tsx";
import { useJournal } from "../surroundings.ts";
import { useLive } from "../useLive.ts";
import { useTask } from "../useTask.ts";
import type { HintAbout } from "./patterns.ts";
import { useHints } from "./useHints.ts";

export type HintsProps = {
  /** Of the page that is being written. */
  readonly body: PageBody;
  /** asking: "you always", "why would you…" · owning: "but", "if", "because you", "you made me". */
  readonly about: HintAbout;
};

/** A quiet remark beside the words. Looks on this device, keeps nothing, blocks nothing, and can be turned off. */
export const Hints = ({ body, about }: HintsProps) => {
  const { t } = useTranslation("ask");
  const journal = useJournal();
  const { hints: on } = useLive(journal.settings);
  const [hidden, setHidden] = useState(false);
  const [turnedOff, setTurnedOff] = useState(false);
  const task = useTask<StoreCode>();
  const place = useRef<HTMLDivElement>(null);
  const hint = useHints(body, about, on && !hidden);
  /** The pressed button is about to go: back to the words. */
  const backToWriting = () =>
    place.current
      ?.closest("section, article, main")
      ?.querySelector<HTMLElement>("[role=textbox][contenteditable]")
      ?.focus();
  const hide = () => {
    setHidden(true);
    backToWriting();
  };
  const turnOff = () =>
    task.run(
      () => journal.changeSettings({ hints: false }),
      () => {
        setTurnedOff(true);
        backToWriting();
      },
    );
  const says = !on && turnedOff ? t("hints.off") : "";
  return (
    <div className="hint" ref={place}>
      <p role="status" className="hint-words">
        {hint === undefined ? says : t(`hints.${hint.id}`, { words: asTitle(hint.words) })}
      </p>
      {task.code === undefined ? null : <Trouble group="store" code={task.code} />}
      {hint === undefined ? null : (
        <div className="hint-do">
          <Button className="btn quiet" onPress={hide}>
            {t("hints.hide")}
          </Button>
          <TaskButton className="btn quiet" busy={task.busy} onPress={turnOff}>
            {t("hints.turnOff")}
          </TaskButton>
        </div>
      )}
    </div>
  );
};

/** Every remark begins with the words. */
const asTitle = (words: string): string => words.charAt(0).toLocaleUpperCase() + words.slice(1);
