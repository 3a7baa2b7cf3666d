import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, FieldError, Form, Input, Label, TextField } from "react-aria-components";
import type { PageCode } from "../../../shared/journal/openPage.ts";
import { longestRest } from "../../../shared/page/card.ts";
import { dayAt, daysFrom } from "../../../shared/page/day.ts";
import { Choice } from "../Choice.tsx";
import { TaskButton } from "../TaskButton.tsx";
import { Trouble } from "../Trouble.tsx";
import { useSurroundings } from "../surroundings.ts";
import { useDates } from "../useDates.ts";
import type { Task } from "../useTask.ts";
import { readOwnTime, type RestChoice, restTimes } from "./restTimes.ts";

type RestUntilProps = {
  readonly task: Task<PageCode>;
  readonly onChosen: (until: number) => void;
  readonly onLeft: () => void;
};

/** Until when a draft rests: an hour that is near, or one of one's own. */
export const RestUntil = ({ task, onChosen, onLeft }: RestUntilProps) => {
  const { t } = useTranslation("closed");
  const { clock } = useSurroundings();
  const dates = useDates();
  const [choice, setChoice] = useState<RestChoice>("tomorrow");
  const [day, setDay] = useState<string>(() => daysFrom(clock.now(), 1));
  const [time, setTime] = useState("08:00");
  const [asked, setAsked] = useState(false);
  const offered = restTimes(clock.now());
  const chosen = offered.some((each) => each.choice === choice) || choice === "own";
  const current = chosen ? choice : (offered.at(-1)?.choice ?? "own");
  const own = readOwnTime(day, time, clock.now());
  const wrong = asked && current === "own" && own === undefined ? t("rest.notThen") : undefined;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const now = clock.now();
    const until =
      current === "own"
        ? readOwnTime(day, time, now)
        : restTimes(now).find((each) => each.choice === current)?.until;
    setAsked(true);
    if (until !== undefined) onChosen(until);
  };

  return (
    <Form className="form" onSubmit={submit} validationBehavior="aria">
      <p>{t("rest.text")}</p>
      <Choice
        label={t("rest.label")}
        options={[
          ...offered.map(({ choice: value, until }) => ({
            value,
            label: t(`rest.${value}`),
            ...(value === "hour" ? { help: dates.moment(until) } : {}),
          })),
          { value: "own" as const, label: t("rest.own") },
        ]}
        value={current}
        onChange={setChoice}
      />
      {current === "own" ? (
        <div className="rest-own">
          <TextField
            className="field"
            value={day}
            onChange={setDay}
            isInvalid={wrong !== undefined}
          >
            <Label>{t("rest.day")}</Label>
            <Input
              className="input"
              type="date"
              min={dayAt(clock.now())}
              max={dayAt(clock.now() + longestRest)}
            />
            <FieldError className="wrong">{wrong}</FieldError>
          </TextField>
          <TextField className="field" value={time} onChange={setTime}>
            <Label>{t("rest.time")}</Label>
            <Input className="input" type="time" />
          </TextField>
        </div>
      ) : null}
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <div className="row">
        <TaskButton className="btn primary" type="submit" busy={task.busy}>
          {t("rest.confirm")}
        </TaskButton>
        <Button className="btn quiet" onPress={onLeft}>
          {t("rest.back")}
        </Button>
      </div>
    </Form>
  );
};
