import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { accept } from "../../shared/base/result.ts";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { ContactNote, EndedContact } from "../../shared/page/contacts.ts";
import { dayAt } from "../../shared/page/day.ts";
import { PageTitle } from "../ui/PageTitle.tsx";
import { PageWords } from "../ui/PageWords.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Voice } from "../ui/Voice.tsx";
import { CameBack } from "../ui/paper/CameBack.tsx";
import { Changed } from "../ui/paper/Changed.tsx";
import { OwnPageTools } from "../ui/paper/OwnPageTools.tsx";
import { Withdrawn } from "../ui/paper/Withdrawn.tsx";
import { useDates } from "../ui/useDates.ts";
import { useDayWords } from "../ui/useDayWords.ts";
import { useEnded } from "../ui/useEnded.ts";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";

/** What was declared, and below it what was done on which day: a plain list, the same for both. */
export const ContactReading = ({ contact }: { readonly contact: EndedContact }) => {
  const { t } = useTranslation("contact");
  const dates = useDates();
  const names = usePartnerName();
  const [, navigate] = useLocation();
  const { card, notes } = contact;
  const mine = card.author === "me";
  const gone = card.withdrawnAt !== undefined;
  return (
    <article className="stack">
      {gone ? (
        <>
          <PageTitle>{t("one")}</PageTitle>
          <Withdrawn card={card} />
        </>
      ) : (
        <>
          <Voice who={mine ? "mine" : "theirs"}>
            {`${t(mine ? "by.me" : "by.partner", names)} · ${dates.day(card.writtenAt)}`}{" "}
            <Changed card={card} />
          </Voice>
          <PageTitle hidden={card.title === ""}>
            <span dir="auto">{card.title === "" ? t("one") : card.title}</span>
          </PageTitle>
          <CameBack card={card} />
          <div className="letter">
            <PageWords id={card.id} />
          </div>
          {mine ? (
            <OwnPageTools card={card} onChanging={(draft) => navigate(`/contact/${draft}`)} />
          ) : null}
        </>
      )}
      {notes.length === 0 ? null : (
        <section className="talk-part" aria-labelledby="contact-steps">
          <h2 id="contact-steps">{t("steps")}</h2>
          <ol className="steps">
            {notes.map((note) => (
              <Step key={note.card.id} note={note} />
            ))}
          </ol>
        </section>
      )}
      {mine && !gone ? <Add contact={contact} /> : null}
    </article>
  );
};

const Step = ({ note: { card, day } }: { readonly note: ContactNote }) => {
  const { t } = useTranslation("contact");
  const dayWords = useDayWords();
  const [, navigate] = useLocation();
  const says = dayWords(day);
  if (card.withdrawnAt !== undefined)
    return (
      <li className="step">
        <Withdrawn card={card} />
      </li>
    );
  return (
    <li className="step">
      <h3>{card.kind === "contactAgain" ? `${says} · ${t("again")}` : says}</h3>
      {card.place === "draft" ? (
        <p>
          <Link href={`/contact/${card.id}`}>{t("goOn")}</Link>
        </p>
      ) : (
        <>
          <Changed card={card} />
          <PageWords id={card.id} />
          {card.author === "me" ? (
            <OwnPageTools card={card} onChanging={(draft) => navigate(`/contact/${draft}`)} />
          ) : null}
        </>
      )}
    </li>
  );
};

type NoteKind = "contactStep" | "contactAgain";

/** A step more, or that there was contact: each is written here first, and shared by itself. */
const Add = ({ contact: { card, notes } }: { readonly contact: EndedContact }) => {
  const { t } = useTranslation("contact");
  const journal = useJournal();
  const { clock } = useSurroundings();
  const [, navigate] = useLocation();
  const task = useTask<PageCode>();
  if (useEnded()) return null;
  const begun = (kind: NoteKind) => {
    const empty = notes.find(
      (note) => note.card.place === "draft" && note.card.kind === kind && note.card.excerpt === "",
    );
    return empty === undefined ? undefined : accept(empty.card.id);
  };
  const add = (kind: NoteKind) => () =>
    task.run(
      async () =>
        begun(kind) ?? journal.beginPractice({ kind, of: card.id, day: dayAt(clock.now()) }),
      (draft) => navigate(`/contact/${draft}`),
    );
  return (
    <>
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <div className="row">
        <TaskButton className="btn" busy={task.busy} onPress={add("contactStep")}>
          {t("addStep")}
        </TaskButton>
        <TaskButton className="btn quiet" busy={task.busy} onPress={add("contactAgain")}>
          {t("addAgain")}
        </TaskButton>
      </div>
    </>
  );
};
