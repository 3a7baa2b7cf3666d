import { useState } from "react";
import { Checkbox, CheckboxGroup, Label, Text } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { PageCode } from "../../shared/journal/openPage.ts";
import { paceCards } from "../../shared/page/paceDeck.ts";
import { Fold } from "../ui/Fold.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";

/** What is chosen is held here alone, and gone with this screen. */
export const PaceDeck = ({ answers }: { readonly answers: boolean }) => {
  const { t } = useTranslation("pace");
  const journal = useJournal();
  const names = usePartnerName();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const task = useTask<PageCode | "NOT_PAIRED">();
  const lay = () =>
    task.run(
      () => journal.layPace(paceCards.filter((card) => chosen.includes(card))),
      () => setChosen([]),
    );
  return (
    <div className="stack">
      <CheckboxGroup className="pace-deck" value={[...chosen]} onChange={setChosen}>
        <Label>{t("deck.label")}</Label>
        <Text slot="description" className="help">
          {t("deck.help")}
        </Text>
        <div className="pace-cards">
          {paceCards.map((card) => (
            <Checkbox key={card} value={card} className="tick pace-card">
              <span className="tick-box" aria-hidden="true">
                <svg viewBox="0 0 16 16">
                  <path d="M3.5 8.5l3 3 6-7" />
                </svg>
              </span>
              <span>{t(`deck.cards.${card}`)}</span>
            </Checkbox>
          ))}
        </div>
      </CheckboxGroup>
      <p>{t(answers ? "learn.second" : "learn.first", names)}</p>
      <Fold title={t("learn.more")}>
        <div className="stack">
          <p>{t("learn.all")}</p>
          <p>{t("learn.held")}</p>
          <p>{t("learn.kept")}</p>
        </div>
      </Fold>
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <div className="row">
        <TaskButton className="btn primary" busy={task.busy} onPress={lay}>
          {t(chosen.length === 0 ? "layNone" : "lay")}
        </TaskButton>
      </div>
      {task.busy ? <p role="status">{t("laying")}</p> : null}
    </div>
  );
};
