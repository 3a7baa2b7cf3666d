import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PageCode } from "../../shared/journal/openPage.ts";
import { longestLine } from "../../shared/page/said.ts";
import { type Truce, truceEnds } from "../../shared/page/truces.ts";
import { Field } from "../ui/Field.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Voice } from "../ui/Voice.tsx";
import { useDates } from "../ui/useDates.ts";
import { useJournal } from "../ui/surroundings.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import { useTruces } from "./useTruces.ts";

/** "Not tonight": one press by either, and nobody has to answer it. */
export const NotTonight = () => {
  const { t } = useTranslation("us");
  const names = usePartnerName();
  const dates = useDates();
  const { mine, theirs } = useTruces();
  return (
    <section className="stack" aria-labelledby="not-tonight">
      <h2 id="not-tonight">{t("notTonight.title")}</h2>
      {theirs === undefined ? null : (
        <div className="plan-line theirs">
          <Voice who="theirs">
            {t("notTonight.theirs", { ...names, when: dates.moment(theirs.until) })}
          </Voice>
          <Line truce={theirs} />
        </div>
      )}
      {mine === undefined ? null : <Mine truce={mine} />}
      {mine === undefined && theirs === undefined ? <Say /> : null}
    </section>
  );
};

const Line = ({ truce: { line } }: { readonly truce: Truce }) =>
  line === undefined ? null : (
    <p className="truce-line" dir="auto">
      {line}
    </p>
  );

const Mine = ({ truce }: { readonly truce: Truce }) => {
  const { t } = useTranslation("us");
  const journal = useJournal();
  const names = usePartnerName();
  const dates = useDates();
  const task = useTask<PageCode>();
  return (
    <div className="plan-line mine">
      <Voice who="mine">
        {t("notTonight.mine", { ...names, when: dates.moment(truce.until) })}
      </Voice>
      <Line truce={truce} />
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <TaskButton
        className="btn quiet"
        busy={task.busy}
        onPress={() => task.run(() => journal.withdraw(truce.card.id))}
      >
        {t("notTonight.takeBack")}
      </TaskButton>
    </div>
  );
};

/** Where one has said it, it is said for both. */
const Say = () => {
  const { t } = useTranslation("us");
  const journal = useJournal();
  const names = usePartnerName();
  const { now } = useTruces();
  const [line, setLine] = useState("");
  const task = useTask<PageCode | "NOT_PAIRED">();
  const say = () =>
    task.run(
      () =>
        journal.sayPractice({
          kind: "truce",
          until: truceEnds(now),
          ...(line.trim() === "" ? {} : { line }),
        }),
      () => setLine(""),
    );
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        say();
      }}
    >
      <p>{t("notTonight.text", names)}</p>
      <Field
        label={t("notTonight.line")}
        value={line}
        onChange={(typed) => setLine(typed.slice(0, longestLine))}
      />
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <div className="row">
        <TaskButton className="btn" type="submit" busy={task.busy}>
          {t("notTonight.say")}
        </TaskButton>
      </div>
    </form>
  );
};
