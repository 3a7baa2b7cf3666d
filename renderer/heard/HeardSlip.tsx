import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, Disclosure, DisclosurePanel, Heading } from "react-aria-components";
import type { PageCode } from "../../shared/journal/openPage.ts";
import { type Fits, fitsValues } from "../../shared/page/card.ts";
import { useArrival } from "../questions/useArrival.ts";
import { CameBack } from "../ui/paper/CameBack.tsx";
import { OwnPageTools } from "../ui/paper/OwnPageTools.tsx";
import { Withdrawn } from "../ui/paper/Withdrawn.tsx";
import { PageWords } from "../ui/PageWords.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useDates } from "../ui/useDates.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useEnded } from "../ui/useEnded.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import type { Reflection } from "./readHeard.ts";

type HeardSlipProps = {
  readonly level: 2 | 3;
  readonly reflection: Reflection;
  /** It was sent here just now: it takes the focus. */
  readonly arrived: object | undefined;
};

/** One "what I heard", folded, with what was said to it in words. */
export const HeardSlip = ({ level, reflection, arrived }: HeardSlipProps) => {
  const { t } = useTranslation(["questions", "app"]);
  const dates = useDates();
  const names = usePartnerName();
  const [open, setOpen] = useState(arrived !== undefined);
  const place = useArrival<HTMLElement>(arrived);
  useEffect(() => {
    if (arrived !== undefined) setOpen(true);
  }, [arrived]);
  const { card, fits } = reflection;
  if (card.withdrawnAt !== undefined) return <Withdrawn card={card} />;

  const mine = card.author === "me";
  const day = dates.day(card.writtenAt);
  return (
    <article
      className={`heard-slip ${mine ? "mine" : "theirs"}`}
      aria-label={mine ? t("heard.mineName", { day }) : t("heard.theirsName", { ...names, day })}
      tabIndex={-1}
      ref={place}
    >
      <Disclosure isExpanded={open} onExpandedChange={setOpen}>
        <Heading level={level} className="slip-heading">
          <Button slot="trigger" className="slip">
            <span>{mine ? t("heard.mine", { day }) : t("heard.theirs", { ...names, day })}</span>
            <span className="slip-do">{open ? t("thread.fold") : t("thread.open")}</span>
          </Button>
        </Heading>
        <DisclosurePanel>
          {open ? (
            <div className="heard-words">
              {card.dateDoubtful ? <p className="note">{t("app:dates.doubtful")}</p> : null}
              <CameBack card={card} />
              <PageWords id={card.id} />
              {mine ? <OwnPageTools card={card} onChanging={undefined} /> : null}
              {mine ? null : <Nod reflection={reflection} />}
            </div>
          ) : null}
        </DisclosurePanel>
      </Disclosure>
      <p role="status" className="heard-nod">
        {fits === undefined
          ? ""
          : mine
            ? t(`heard.theySaid.${fits}`, names)
            : t(`heard.youSaid.${fits}`)}
      </p>
    </article>
  );
};

/** Only for the one whose words were heard. It can be said anew; the newest holds. */
const Nod = ({ reflection }: { readonly reflection: Reflection }) => {
  const { t } = useTranslation("questions");
  const journal = useJournal();
  const task = useTask<PageCode>();
  const { card, fits } = reflection;
  if (useEnded()) return null;
  const say = (next: Fits) => {
    if (next !== fits) task.run(() => journal.nod(card.id, next));
  };
  return (
    <div className="nod" role="group" aria-label={t("heard.fits")}>
      <p>{t("heard.fits")}</p>
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <div className="row">
        {fitsValues.map((value) => (
          <TaskButton
            key={value}
            className="btn"
            busy={task.busy}
            aria-pressed={fits === value}
            onPress={() => say(value)}
          >
            {t(`heard.${value}`)}
          </TaskButton>
        ))}
      </div>
    </div>
  );
};
