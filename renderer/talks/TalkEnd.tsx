import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { PageCode } from "../../shared/journal/openPage.ts";
import { saidOf } from "../../shared/page/said.ts";
import type { Talk } from "../../shared/page/talks.ts";
import { SayLine } from "../ui/SayLine.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Voice } from "../ui/Voice.tsx";
import { useEnded } from "../ui/useEnded.ts";
import { useJournal } from "../ui/surroundings.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";

type TalkEndProps = {
  readonly talk: Talk;
  /** Its time has passed, or one of the two has ended it. */
  readonly over: boolean;
};

/** The end, and words to part with. At the agreed time it comes by itself; before, either can end it at once. */
export const TalkEnd = ({ talk, over }: TalkEndProps) => {
  const { t } = useTranslation("talks");
  const names = usePartnerName();
  const [closing, setClosing] = useState(false);
  const ended = useEnded();
  const saidMine = talk.ends.some(({ author }) => author === "me");
  const offered = (over || closing) && !saidMine && !ended;
  return (
    <section className="talk-part" aria-labelledby="talk-end">
      <div role="status">
        <h2 id="talk-end">{t(over ? "end.over" : "end.title")}</h2>
      </div>
      {talk.ends.map((end) => {
        const line = saidOf("talkEnds", end.said)?.line;
        const mine = end.author === "me";
        return line === undefined ? null : (
          <div key={end.id}>
            <Voice who={mine ? "mine" : "theirs"}>
              {t(mine ? "end.mine" : "end.theirs", names)}
            </Voice>
            <p className="letter" dir="auto">
              {line}
            </p>
          </div>
        );
      })}
      {offered ? <Closing talk={talk} over={over} /> : null}
      {over || closing ? null : (
        <div className="row">
          <Button className="btn" onPress={() => setClosing(true)}>
            {t("end.now")}
          </Button>
        </div>
      )}
    </section>
  );
};

const Closing = ({ talk, over }: TalkEndProps) => {
  const { t } = useTranslation("talks");
  const journal = useJournal();
  const task = useTask<PageCode | "NOT_PAIRED">();
  const end = (line?: string) => () =>
    journal.sayPractice({
      kind: "talkEnds",
      of: talk.card.id,
      ...(line === undefined ? {} : { line }),
    });
  return (
    <>
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <SayLine
        label={t("end.label")}
        openers={[t("end.thanks"), t("end.heard"), t("end.another")]}
        button={t("end.say")}
        busy={task.busy}
        onSay={(line, said) => task.run(end(line), () => said())}
      />
      {over ? null : (
        <div className="row">
          <TaskButton className="btn quiet" busy={task.busy} onPress={() => task.run(end())}>
            {t("end.without")}
          </TaskButton>
        </div>
      )}
    </>
  );
};
