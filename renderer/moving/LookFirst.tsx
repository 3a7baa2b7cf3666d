import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { Archive } from "../../shared/archive/archive.ts";
import type { BookCode, EntryBook } from "../../shared/journal/entryBook.ts";
import { Trouble } from "../ui/Trouble.tsx";
import { useDates } from "../ui/useDates.ts";
import { LeftOutList } from "./LeftOutList.tsx";

type LookFirstProps = {
  readonly book: EntryBook;
  readonly archive: Archive;
  readonly code: BookCode | undefined;
  readonly onBring: () => void;
  readonly onOther: () => void;
};

/** What would come, before anything has. */
export const LookFirst = ({ book, archive, code, onBring, onOther }: LookFirstProps) => {
  const { t } = useTranslation("moving");
  const dates = useDates();
  const { entries, pictures, from, to, titles, leftOut } = archive.preview;
  return (
    <>
      <h2 tabIndex={-1}>{t("look.heading")}</h2>
      {code === undefined ? null : <Trouble group="moving" code={code} />}
      <div className="card">
        <p className="moving-count">
          {entries === 0 ? t("look.none") : t("look.entries", { count: entries })}
        </p>
        {from === undefined || to === undefined ? null : (
          <p>
            {dates.day(from) === dates.day(to)
              ? t("look.onDay", { day: dates.day(from) })
              : t("look.fromTo", { from: dates.day(from), to: dates.day(to) })}
          </p>
        )}
        {pictures === 0 ? null : <p>{t("look.pictures", { count: pictures })}</p>}
        {titles.length === 0 ? null : (
          <>
            <h3>{t("look.titles")}</h3>
            <ul className="names">
              {titles.map((title, index) => (
                <li key={`${index} ${title}`} dir="auto">
                  {title}
                </li>
              ))}
            </ul>
          </>
        )}
        {entries === 0 ? null : (
          <p className="note">{book.place === "room" ? t("look.toRoom") : t("look.toJournal")}</p>
        )}
      </div>
      <LeftOutList leftOut={leftOut} heading={t("leftOut.headingBefore")} />
      <div className="row">
        {entries === 0 ? null : (
          <Button className="btn primary" onPress={onBring}>
            {t("look.bring")}
          </Button>
        )}
        <Button className="btn" onPress={onOther}>
          {t("look.other")}
        </Button>
      </div>
    </>
  );
};
