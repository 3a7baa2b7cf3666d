import { useTranslation } from "react-i18next";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { BringAsk } from "../../shared/page/bringing.ts";
import type { Card } from "../../shared/page/card.ts";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Voice } from "../ui/Voice.tsx";
import { useDates } from "../ui/useDates.ts";
import { useEnded } from "../ui/useEnded.ts";
import { useJournal } from "../ui/surroundings.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";

type BringAsksProps = {
  readonly asks: readonly BringAsk[];
  /** Pages of mine that the partner asks for. */
  readonly mine: (ask: BringAsk) => readonly Card[];
};

/** What each has asked of the other, as long as it is open or stands. A no leaves no line. */
export const BringAsks = ({ asks, mine }: BringAsksProps) => {
  const { t } = useTranslation("session");
  const open = asks.filter(
    ({ standing }) => standing.state === "proposed" || standing.state === "agreed",
  );
  if (useEnded() || open.length === 0) return null;
  return (
    <section className="stack">
      <h2 className="month">{t("asks.title")}</h2>
      <ul className="lines">
        {open.map((ask) => (
          <li key={ask.card.id} className="line">
            <OneAsk ask={ask} pages={mine(ask)} />
          </li>
        ))}
      </ul>
    </section>
  );
};

const OneAsk = ({ ask, pages }: { readonly ask: BringAsk; readonly pages: readonly Card[] }) => {
  const { t } = useTranslation("session");
  const journal = useJournal();
  const dates = useDates();
  const names = usePartnerName();
  const task = useTask<PageCode>();
  const { card, standing } = ask;
  const theirs = card.author === "partner";
  const agreed = standing.state === "agreed";
  const says = theirs
    ? t(agreed ? "asks.youAgreed" : "asks.theyAsk", names)
    : t(agreed ? "asks.theyAgreed" : "asks.youAsk", names);
  const end = agreed ? "asks.end" : theirs ? "asks.no" : "asks.back";
  return (
    <>
      <Voice who={theirs ? "theirs" : "mine"}>{`${says} · ${dates.day(card.writtenAt)}`}</Voice>
      {theirs ? (
        <ul>
          {pages.map(({ id, title, excerpt }) => (
            <li key={id} dir="auto">
              {title === "" ? excerpt : title}
            </li>
          ))}
        </ul>
      ) : null}
      {theirs && !agreed ? <p className="help">{t("asks.yesMeans", names)}</p> : null}
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <div className="row">
        {theirs && !agreed && pages.length > 0 ? (
          <TaskButton
            className="btn"
            busy={task.busy}
            onPress={() => task.run(() => journal.agreeTo(card.id))}
          >
            {t("asks.yes")}
          </TaskButton>
        ) : null}
        <TaskButton
          className="btn"
          busy={task.busy}
          onPress={() => task.run(() => journal.endIt(card.id))}
        >
          {t(end)}
        </TaskButton>
      </div>
    </>
  );
};
