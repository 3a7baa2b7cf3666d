import { type ReactNode, useDeferredValue, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link, useLocation } from "wouter";
import type { BookCode, EntryBook } from "../../../shared/journal/entryBook.ts";
import { FindEntries } from "../../find/FindEntries.tsx";
import { EmptyPlace } from "../../ui/EmptyPlace.tsx";
import { findEmptyDraft } from "../../ui/emptyDraft.ts";
import { PageTitle } from "../../ui/PageTitle.tsx";
import { useSurroundings } from "../../ui/surroundings.ts";
import { TaskButton } from "../../ui/TaskButton.tsx";
import { Trouble } from "../../ui/Trouble.tsx";
import { useLive } from "../../ui/useLive.ts";
import { useTask } from "../../ui/useTask.ts";
import { useWish } from "../../ui/wishes.tsx";
import { JustTrashed } from "../trash/JustTrashed.tsx";
import { FilterChips } from "./FilterChips.tsx";
import { FilterFields } from "./FilterFields.tsx";
import { type Filters, isNarrowed, narrow, noFilters } from "./filters.ts";
import { JumpToDay } from "./JumpToDay.tsx";
import { useListMemory } from "./listMemory.tsx";
import { layOutRows, lineAtOrBefore } from "./rows.ts";
import type { LineWish } from "./useLineFocus.ts";
import { useLineSaying } from "./useLineSaying.ts";
import { VirtualLines } from "./VirtualLines.tsx";

export type EntryListProps = {
  readonly book: EntryBook;
  /** "/journal" or "/room". */
  readonly base: string;
  readonly texts: {
    readonly title: string;
    readonly write: string;
    readonly empty: { readonly title: string; readonly text: string; readonly first: string };
  };
  /** Quiet ways beside the others: bringing in, saving as a file. */
  readonly ways?: ReactNode;
};

/** Everything that is written in one place, newest first; the same for the journal and for my room. */
export const EntryList = ({ book, base, texts, ways = null }: EntryListProps) => {
  const [, navigate] = useLocation();
  const task = useTask<BookCode>();
  const cards = useLive(book.cards);
  const trash = useLive(book.trash);
  const write = () => {
    const begun = findEmptyDraft(cards, "entry");
    if (begun !== undefined) navigate(`${base}/${begun.id}`);
    else task.run(book.draftEntry, (id) => navigate(`${base}/${id}`));
  };
  return (
    <div className="stack measured">
      <div className="heading-row">
        <PageTitle>{texts.title}</PageTitle>
        {cards.length === 0 ? null : (
          <TaskButton className="btn primary" busy={task.busy} onPress={write}>
            {texts.write}
          </TaskButton>
        )}
      </div>
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <JustTrashed book={book} base={base} />
      {cards.length === 0 ? (
        <>
          <EmptyPlace {...texts.empty} onFirst={write} />
          <div className="list-ways">
            {ways}
            {trash.length === 0 ? null : <TrashLink base={base} />}
          </div>
        </>
      ) : (
        <Lines book={book} base={base}>
          {ways}
          {trash.length === 0 ? null : <TrashLink base={base} />}
        </Lines>
      )}
    </div>
  );
};

const TrashLink = ({ base }: { readonly base: string }) => {
  const { t } = useTranslation("entries");
  return (
    <Link className="btn quiet" href={`${base}/trash`}>
      {t("trash.title")}
    </Link>
  );
};

type LinesProps = Pick<EntryListProps, "book" | "base"> & {
  readonly children: ReactNode;
};

/** One of the two panels is open at a time: where to go, or what to see. */
const Lines = (props: LinesProps) => {
  const { book, base } = props;
  const memory = useListMemory(book.place);
  const [finding, setFinding] = useState(memory.sought.trim() !== "");
  return (
    <>
      <FindEntries book={book} base={base} onFinding={setFinding} />
      {finding ? null : <AllLines {...props} />}
    </>
  );
};

const AllLines = ({ book, base, children }: LinesProps) => {
  const { t } = useTranslation("entries");
  const { clock } = useSurroundings();
  const memory = useListMemory(book.place);
  const cards = useLive(book.cards);
  const saying = useLineSaying();
  const [filters, setFilters] = useState(memory.filters);
  const [panel, setPanel] = useState<"jump" | "narrow" | undefined>();
  const [wish, setWish] = useState<LineWish | undefined>();
  const shown = useDeferredValue(filters);
  const rows = useMemo(() => layOutRows(narrow(cards, shown), clock.now()), [cards, shown, clock]);
  const change = (next: Filters) => {
    memory.keep({ filters: next });
    setFilters(next);
  };
  /** By a command: then whoever gave it wants to choose a day at once. */
  const [called, setCalled] = useState(false);
  useWish("jump", () => {
    setCalled(true);
    setPanel("jump");
  });
  const narrowing = useRef<HTMLButtonElement>(null);
  /** The chip or the button that was pressed is gone then. */
  const widen = (next: Filters) => {
    change(next);
    if (!isNarrowed(next)) narrowing.current?.focus();
  };
  const jump = (at: number) => {
    const row = rows[lineAtOrBefore(rows, at) ?? -1];
    setPanel(undefined);
    if (row?.kind === "line") setWish({ page: row.card.id });
  };
  const fold = (name: "jump" | "narrow") => ({
    "aria-expanded": panel === name,
    onPress: () => {
      setCalled(false);
      setPanel(panel === name ? undefined : name);
    },
  });
  return (
    <>
      <div className="list-ways">
        {rows.length === 0 ? null : (
          <Button className="btn quiet fold-do" {...fold("jump")}>
            {t("jump.open")}
          </Button>
        )}
        <Button ref={narrowing} className="btn quiet fold-do" {...fold("narrow")}>
          {t("filter.open")}
        </Button>
        {children}
      </div>
      {panel === "jump" ? <JumpToDay rows={rows} onJump={jump} takesFocus={called} /> : null}
      {panel === "narrow" ? (
        <FilterFields place={book.place} cards={cards} filters={filters} onChange={change} />
      ) : null}
      <FilterChips filters={filters} onChange={widen} clears={rows.length > 0} />
      {rows.length === 0 ? (
        <div className="nothing-like-that" role="status">
          <p>{t("filter.none")}</p>
          <Button className="btn" onPress={() => widen(noFilters)}>
            {t("filter.all")}
          </Button>
        </div>
      ) : (
        <VirtualLines
          rows={rows}
          base={base}
          memory={memory}
          wish={wish}
          saying={saying}
          counted={!isNarrowed(shown) || shown.whose !== "theirs"}
        />
      )}
    </>
  );
};
