import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, FieldError, Form, Input, Label, TextField } from "react-aria-components";
import type { PageId } from "../../shared/base/ids.ts";
import type { PageCode } from "../../shared/journal/openPage.ts";
import { daysFrom } from "../../shared/page/day.ts";
import { Choice } from "../ui/Choice.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import { chosenDay, type DayChoice, dayChoices } from "./saidDay.ts";
import { useDayWords } from "../ui/useDayWords.ts";

type DayFormProps = { readonly question: PageId; readonly onLeft: () => void };

/** Choosing the day by which I say that I will answer. */
export const DayForm = ({ question, onLeft }: DayFormProps) => {
  const { t } = useTranslation("questions");
  const journal = useJournal();
  const { clock } = useSurroundings();
  const names = usePartnerName();
  const task = useTask<PageCode>();
  const now = clock.now();
  const [choice, setChoice] = useState<DayChoice>("tomorrow");
  const [typed, setTyped] = useState<string>(() => daysFrom(now, 7));
  const [asked, setAsked] = useState(false);
  const wrong = asked && chosenDay(choice, typed, now) === undefined ? t("said.past") : undefined;
  const say = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    const day = chosenDay(choice, typed, clock.now());
    if (day !== undefined) task.run(() => journal.sayDay(question, day), onLeft);
  };
  const three = useDayWords()(daysFrom(now, 3));
  return (
    <Form className="form" onSubmit={say} validationBehavior="aria">
      <p>{t("said.text", names)}</p>
      <Choice
        label={t("said.when")}
        options={dayChoices.map((value) => ({
          value,
          label: t(`said.options.${value}`, { day: three }),
        }))}
        value={choice}
        onChange={setChoice}
      />
      {choice === "date" ? (
        <TextField
          className="field"
          value={typed}
          onChange={setTyped}
          isInvalid={wrong !== undefined}
        >
          <Label>{t("said.date")}</Label>
          <Input className="input" type="date" min={daysFrom(now, 0)} />
          <FieldError className="wrong">{wrong}</FieldError>
        </TextField>
      ) : null}
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <div className="row">
        <TaskButton className="btn primary" type="submit" busy={task.busy}>
          {t("said.confirm")}
        </TaskButton>
        <Button className="btn quiet" onPress={onLeft}>
          {t("thread.notNow")}
        </Button>
      </div>
    </Form>
  );
};
