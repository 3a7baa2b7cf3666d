import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link } from "wouter";
import type { EndingCode, EndingState, TheirWords } from "../../shared/journal/ending.ts";
import { PageTitle } from "../ui/PageTitle.tsx";
import { Sheet } from "../ui/Sheet.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useDates } from "../ui/useDates.ts";
import { useJournal } from "../ui/surroundings.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask, type Task } from "../ui/useTask.ts";
import { type LastFile, LastMessage } from "./LastMessage.tsx";
import { OwnBesideTheirs } from "./OwnBesideTheirs.tsx";

type Ended = Extract<EndingState, { state: "ended" }>;

type EndedPageProps = { readonly ended: Ended; readonly file: LastFile | undefined };

export const EndedPage = ({ ended, file }: EndedPageProps) => {
  const { t } = useTranslation("ending");
  const dates = useDates();
  return (
    <>
      <PageTitle>{t("ended.title")}</PageTitle>
      <p className="lead">{t("ended.on", { day: dates.day(ended.day) })}</p>
      {file === undefined ? null : <LastMessage file={file} />}
      <p>{t("ended.yours")}</p>
      <TheirWordsNow theirs={ended.theirs} />
      <OwnBesideTheirs />
      <p className="help">{t("ended.outside")}</p>
      <p className="help">{t("ended.anew")}</p>
      <div className="row">
        <Link className="btn" href="/journal">
          {t("ended.toJournal")}
        </Link>
      </div>
    </>
  );
};

const TheirWordsNow = ({ theirs }: { readonly theirs: Ended["theirs"] }) => {
  const { t } = useTranslation("ending");
  const journal = useJournal();
  const names = usePartnerName();
  const dates = useDates();
  const task = useTask<EndingCode>();
  const decide = (words: TheirWords) => () => task.run(() => journal.ending.decide(words));
  const text =
    theirs.at === "until"
      ? t("ended.until", { ...names, day: dates.day(theirs.day) })
      : t(`ended.${theirs.at}`, names);
  const readable = theirs.at === "until" || theirs.at === "kept";
  return (
    <section className="ending-part">
      <p role="status">{text}</p>
      {task.code === undefined ? null : <Trouble group="ending" code={task.code} />}
      {readable ? (
        <div className="row">
          <TaskButton
            className="btn"
            busy={task.busy}
            onPress={decide(theirs.at === "until" ? "keep" : "later")}
          >
            {t(theirs.at === "until" ? "decide.keep" : "decide.later")}
          </TaskButton>
          <LetGo task={task} letGo={decide("now")} />
        </div>
      ) : null}
    </section>
  );
};

type LetGoProps = { readonly task: Task<EndingCode>; readonly letGo: () => void };

const LetGo = ({ task, letGo }: LetGoProps) => {
  const { t } = useTranslation("ending");
  const names = usePartnerName();
  const [asks, setAsks] = useState(false);
  return (
    <>
      <Button className="btn quiet" isDisabled={task.busy} onPress={() => setAsks(true)}>
        {t("decide.now")}
      </Button>
      <Sheet title={t("decide.sheet", names)} open={asks} onClose={() => setAsks(false)} asks>
        <p>{t("decide.sheetText", names)}</p>
        <div className="row">
          <Button
            className="btn primary"
            onPress={() => {
              setAsks(false);
              letGo();
            }}
          >
            {t("decide.confirm")}
          </Button>
          <Button className="btn" autoFocus onPress={() => setAsks(false)}>
            {t("decide.not")}
          </Button>
        </div>
      </Sheet>
    </>
  );
};
