import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { PageId } from "../../shared/base/ids.ts";
import { saidOf } from "../../shared/page/said.ts";
import type { Rest, Talk } from "../../shared/page/talks.ts";
import { talkTime } from "../../shared/page/talkTime.ts";
import { useKeepsOpen } from "../ui/keepsOpen.ts";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Voice } from "../ui/Voice.tsx";
import { useDates } from "../ui/useDates.ts";
import { useEnded } from "../ui/useEnded.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useNow } from "../ui/useNow.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import { useLearnt } from "./KeepsLearnt.tsx";
import { TalkArc } from "./TalkArc.tsx";
import { TalkEnd } from "./TalkEnd.tsx";
import { TalkPause } from "./TalkPause.tsx";

const secondMs = 1_000;

/** The talk as it goes: its time, pauses and the end. It runs on one screen as on two. */
export const TalkNow = ({ talk }: { readonly talk: Talk }) => {
  const learnt = useLearnt();
  const now = useNow(secondMs);
  const ended = useEnded();
  const time = talkTime(talk, learnt, now);
  useStaysOpen(time.state === "goes", Math.floor(now / 60_000));
  if (time.state === "waits") return ended ? null : <Begin talk={talk} />;
  if (time.state === "over") return <TalkEnd talk={talk} over />;
  return (
    <section className="stack">
      <TalkArc minutes={talk.minutes} leftMs={time.leftMs} still={time.state === "rests"} />
      {time.state === "rests" ? <Resting talk={talk} rest={time.rest} /> : null}
      {ended ? null : (
        <>
          {time.state === "goes" ? <TalkPause talk={talk} now={now} /> : null}
          <TalkEnd talk={talk} over={false} />
        </>
      )}
    </section>
  );
};

/** Nobody touches the keys while they listen: it does not lock while the time runs. Said again with every minute. */
const useStaysOpen = (goes: boolean, minute: number): void => {
  const keepsOpen = useKeepsOpen();
  useEffect(() => {
    if (goes) keepsOpen(true);
  }, [goes, keepsOpen, minute]);
  useEffect(() => (goes ? () => keepsOpen(false) : undefined), [goes, keepsOpen]);
};

const Begin = ({ talk }: { readonly talk: Talk }) => {
  const { t } = useTranslation("talks");
  return (
    <section className="stack">
      <p className="help">{t("now.beginHelp")}</p>
      <GoOn of={talk.card.id} label={t("now.begin")} />
    </section>
  );
};

/** Back at that hour, or earlier: either goes on when both are ready. */
const Resting = ({ talk, rest }: { readonly talk: Talk; readonly rest: Rest }) => {
  const { t } = useTranslation("talks");
  const dates = useDates();
  const names = usePartnerName();
  const ended = useEnded();
  const mine = rest.card.author === "me";
  const line = saidOf("talkRests", rest.card.said)?.line;
  return (
    <section className="stack" role="status">
      <Voice who={mine ? "mine" : "theirs"}>
        {t(mine ? "rest.mine" : "rest.theirs", { ...names, hour: dates.hour(rest.until) })}
      </Voice>
      {line === undefined || mine ? null : <p dir="auto">{line}</p>}
      {ended || talk.ends.length > 0 ? null : <GoOn of={rest.card.id} label={t("rest.goOn")} />}
    </section>
  );
};

/** Begins the talk, or goes on after a pause: for both, as soon as the other's app hears of it. */
const GoOn = ({ of, label }: { readonly of: PageId; readonly label: string }) => {
  const journal = useJournal();
  const task = useTask<PageCode | "NOT_PAIRED">();
  return (
    <>
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <div className="row">
        <TaskButton
          className="btn primary"
          busy={task.busy}
          onPress={() => task.run(() => journal.sayPractice({ kind: "talkBegins", of }))}
        >
          {label}
        </TaskButton>
      </div>
    </>
  );
};
