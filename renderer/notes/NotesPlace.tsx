import { useTranslation } from "react-i18next";
import { Link, Route, Switch, useLocation } from "wouter";
import type { PageCode } from "../../shared/journal/openPage.ts";
import { dayAt } from "../../shared/page/day.ts";
import { findEmptyDraft } from "../ui/emptyDraft.ts";
import { EmptyPlace } from "../ui/EmptyPlace.tsx";
import { LineList } from "../ui/LineList.tsx";
import { Missing } from "../ui/Missing.tsx";
import { Nearby } from "../ui/Nearby.tsx";
import { readPageId } from "../ui/pageId.ts";
import { PageTitle } from "../ui/PageTitle.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Voice } from "../ui/Voice.tsx";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import { useWish } from "../ui/wishes.tsx";
import { NotePage } from "./NotePage.tsx";
import { isNote, type NoteCard, type NoteKind, notePlaces } from "./noteKinds.ts";
import { useNoteWords } from "./useNoteWords.ts";

type OfKind = { readonly kind: NoteKind };

/** Plans for a hard moment, hard days, needs before they build: each kind is a place of its own, and all go alike. */
export const NotesPlace = ({ kind }: OfKind) => (
  <Switch>
    <Route path={`/${notePlaces[kind]}`}>
      <Notes kind={kind} />
    </Route>
    <Route path={`/${notePlaces[kind]}/:page`}>
      {({ page }) => {
        const id = readPageId(page);
        return id === undefined ? <Missing /> : <NotePage key={id} kind={kind} id={id} />;
      }}
    </Route>
    <Route>
      <Missing />
    </Route>
  </Switch>
);

/** As they were written, newest first. Nothing is added up, and no gap between two of them is shown. */
const Notes = ({ kind }: OfKind) => {
  const { t } = useTranslation("notes");
  const journal = useJournal();
  const { clock } = useSurroundings();
  const cards = useLive(journal.cards);
  const names = usePartnerName();
  const [, navigate] = useLocation();
  const task = useTask<PageCode>();
  const show = (id: string) => navigate(`/${notePlaces[kind]}/${id}`);
  const begin = () => {
    const begun = findEmptyDraft(cards, kind);
    if (begun !== undefined) return show(begun.id);
    const start = kind === "setback" ? { kind, day: dayAt(clock.now()) } : { kind };
    return task.run(() => journal.beginPractice(start), show);
  };
  useWish(kind, begin);
  const notes = cards.filter(isNote(kind));
  const own = notes.filter(({ place }) => place === "draft");
  const shared = notes.filter(({ place }) => place === "shared");
  return (
    <div className="stack measured">
      <div className="heading-row">
        <PageTitle>{t(`${kind}.title`)}</PageTitle>
        {notes.length === 0 ? null : (
          <TaskButton className="btn primary" busy={task.busy} onPress={begin}>
            {t(`${kind}.begin`)}
          </TaskButton>
        )}
      </div>
      <Nearby side="forMe" />
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      {notes.length === 0 ? (
        <EmptyPlace
          title={t(`${kind}.empty.title`)}
          text={t(`${kind}.empty.text`)}
          first={t(`${kind}.empty.first`)}
          onFirst={begin}
        />
      ) : kind === "setback" ? (
        <p className="note">{t("calm")}</p>
      ) : null}
      <Lines title={t("place.onlyHere")} notes={own} />
      <Lines title={t("place.mine")} notes={shared.filter(({ author }) => author === "me")} />
      <Lines
        title={t("place.theirs", names)}
        notes={shared.filter(({ author }) => author === "partner")}
      />
    </div>
  );
};

type LinesProps = { readonly title: string; readonly notes: readonly NoteCard[] };

const Lines = ({ title, notes }: LinesProps) =>
  notes.length === 0 ? null : (
    <section>
      <h2 className="month">{title}</h2>
      <LineList items={notes}>{(card) => <Line key={card.id} card={card} />}</LineList>
    </section>
  );

const Line = ({ card }: { readonly card: NoteCard }) => {
  const { t } = useTranslation("notes");
  const words = useNoteWords();
  const helped = words.helped(card);
  const { title, excerpt, withdrawnAt } = card;
  const says = withdrawnAt === undefined ? excerpt : t("withdrawn");
  return (
    <li>
      <Link href={`/${notePlaces[card.kind]}/${card.id}`} className="line">
        <Voice who={card.author === "me" ? "mine" : "theirs"}>{words.label(card)}</Voice>
        {title === "" ? null : (
          <h3 className="line-title">
            {t("when")} <span dir="auto">{title}</span>
          </h3>
        )}
        <p className="line-words" dir="auto">
          {says === "" && title === "" ? t("noWords") : says}
        </p>
        {helped === undefined ? null : <p className="help">{helped}</p>}
      </Link>
    </li>
  );
};
