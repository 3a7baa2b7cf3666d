import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Header, ListBox, ListBoxItem, ListBoxSection } from "react-aria-components";
import type { BookCode, EntryBook } from "../../shared/journal/entryBook.ts";
import type { Result } from "../../shared/base/result.ts";
import type { History, Version } from "../../shared/journal/openPage.ts";
import type { Card } from "../../shared/page/card.ts";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useDates } from "../ui/useDates.ts";
import { useHistory } from "../ui/useHistory.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import { byDay } from "./byDay.ts";
import { OneVersion, useShowsChanges } from "./OneVersion.tsx";

type EarlierVersionsProps = { readonly book: EntryBook; readonly card: Card };

/** How an entry stood over time. Its writer can bring the words of one of them back; nothing is lost by it. */
export const EarlierVersions = ({ book, card }: EarlierVersionsProps) => {
  const { t } = useTranslation(["history", "app"]);
  const names = usePartnerName();
  const [brought, setBrought] = useState(0);
  const reading = useHistory(book.openHistory, card.id, `${card.changedAt} ${brought}`);
  return (
    <>
      <p className="help" role="status">
        {reading.state === "opening" ? t("app:loading") : brought > 0 ? t("bringBack.done") : ""}
      </p>
      {reading.state === "refused" ? <Trouble group="page" code={reading.code} /> : null}
      {reading.state === "open" ? (
        reading.history.versions.length < 2 ? (
          <p>{t("nothing")}</p>
        ) : (
          <OpenedVersions
            history={reading.history}
            newest={brought > 0}
            says={
              card.place === "shared"
                ? `${t("bringBack.stays")} ${t("bringBack.seen", names)}`
                : t("bringBack.stays")
            }
            bringBack={
              card.author === "me" && card.withdrawnAt === undefined
                ? ({ id }) => book.bringBack(card.id, id)
                : undefined
            }
            onBrought={() => setBrought((before) => before + 1)}
          />
        )
      ) : null}
    </>
  );
};

type OpenedProps = {
  readonly history: History;
  /** What is said to whoever brings words back. */
  readonly says: string;
  /** Undefined: these words are only read here. */
  readonly bringBack: ((version: Version) => Promise<Result<unknown, BookCode>>) | undefined;
  /** Begins with how it stands now instead of with how it stood before. */
  readonly newest: boolean;
  readonly onBrought: () => void;
};

/** The versions, one of them shown; and a way to bring its words back. */
export const OpenedVersions = ({ history, newest, says, bringBack, onBrought }: OpenedProps) => {
  const { t } = useTranslation("history");
  const task = useTask<BookCode>();
  const last = history.versions.length - 1;
  const [chosen, setChosen] = useState(newest ? last : last - 1);
  const version = history.versions[chosen];
  const [showsChanges, setShowsChanges] = useShowsChanges();
  return (
    <div className="earlier-versions">
      <VersionList
        history={history}
        chosen={chosen}
        onChoose={(index) => {
          if (task.busy) return;
          task.forget();
          setChosen(index);
        }}
      />
      <div className="earlier-shown">
        <OneVersion
          key={chosen}
          history={history}
          index={chosen}
          showsChanges={showsChanges}
          onShowChanges={setShowsChanges}
        />
        {bringBack !== undefined && version !== undefined && chosen !== last ? (
          <div className="bring-back">
            <p className="help">{says}</p>
            {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
            <TaskButton
              className="btn primary"
              busy={task.busy}
              onPress={() => task.run(() => bringBack(version), onBrought)}
            >
              {task.busy ? t("bringBack.bringing") : t("bringBack.do")}
            </TaskButton>
          </div>
        ) : null}
      </div>
    </div>
  );
};

type VersionListProps = {
  readonly history: History;
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
};

/** By day; the hour only where a day has several. The arrow keys choose as they go. */
const VersionList = ({ history, chosen, onChoose }: VersionListProps) => {
  const { t } = useTranslation("history");
  const dates = useDates();
  const { versions } = history;
  const item = (index: number, says: string, day: string) => {
    const now = index === versions.length - 1 ? ` · ${t("now")}` : "";
    return (
      <ListBoxItem
        key={index}
        id={index}
        className="version-item"
        textValue={`${says}${now}`}
        aria-label={says === day ? `${day}${now}` : `${day}, ${says}${now}`}
      >
        {says}
        {now}
      </ListBoxItem>
    );
  };
  return (
    <ListBox
      className="version-list"
      aria-label={t("list")}
      autoFocus
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={[chosen]}
      onSelectionChange={(keys) => {
        const [key] = keys === "all" ? [] : keys;
        if (typeof key === "number") onChoose(key);
      }}
    >
      {byDay(versions).map(({ at, versions: indexes }) => {
        const day = dates.day(at);
        const [only, ...others] = indexes;
        if (only !== undefined && others.length === 0) return item(only, day, day);
        return (
          <ListBoxSection key={`day ${only}`} id={`day ${only}`}>
            <Header className="version-day">{day}</Header>
            {indexes.map((index) => item(index, dates.hour(versions[index]?.writtenAt ?? at), day))}
          </ListBoxSection>
        );
      })}
    </ListBox>
  );
};
