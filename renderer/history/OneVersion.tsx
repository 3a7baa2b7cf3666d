import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { History } from "../../shared/journal/openPage.ts";
import { readPieces } from "../../shared/page/pieces.ts";
import { WordsOfPieces } from "../ui/editor/WordsOfPage.tsx";
import { PhotosContext } from "../ui/photos/photosOfPage.ts";
import { Toggle } from "../ui/Toggle.tsx";
import { useDates } from "../ui/useDates.ts";
import { changesAnything, compareLines, compareWords } from "./compare.ts";
import { ComparedWords, Runs } from "./ComparedWords.tsx";
import { linesOf } from "./linesOf.ts";

type OneVersionProps = {
  readonly history: History;
  readonly index: number;
  readonly showsChanges: boolean;
  readonly onShowChanges: (show: boolean) => void;
};

/** How the entry stood, with what changed against the version before it. */
export const OneVersion = ({ history, index, showsChanges, onShowChanges }: OneVersionProps) => {
  const { t } = useTranslation(["history", "app"]);
  const dates = useDates();
  const { versions, photos } = history;
  const version = versions[index];
  const before = versions[index - 1];
  const pieces = useMemo(() => (version ? readPieces(version.body) : []), [version]);
  const compared = useMemo(
    () =>
      before !== undefined && showsChanges
        ? compareLines(linesOf(readPieces(before.body)), linesOf(pieces))
        : undefined,
    [before, pieces, showsChanges],
  );
  if (version === undefined) return null;
  const when = dates.moment(version.writtenAt);
  const title = compared && before ? compareWords(before.title, version.title) : undefined;
  const changed =
    compared && (changesAnything(compared) || title?.some(({ change }) => change !== "same"));
  return (
    <section className="one-version" aria-labelledby={headingId}>
      <h3 id={headingId}>{t(index === versions.length - 1 ? "ofNow" : "of", { when })}</h3>
      {version.dateDoubtful ? <p className="help">{t("app:dates.doubtful")}</p> : null}
      {before === undefined ? (
        <p className="help">{t("first")}</p>
      ) : (
        <Toggle label={t("show")} on={showsChanges} onChange={onShowChanges} />
      )}
      {changed === undefined ? null : <p className="help">{changed ? t("legend") : t("same")}</p>}
      <div className="version-sheet">
        {title === undefined ? (
          <TitleLine>{version.title}</TitleLine>
        ) : (
          <TitleLine>{title.length === 0 ? "" : <Runs runs={title} />}</TitleLine>
        )}
        {compared === undefined ? (
          <WordsOfPieces pieces={pieces} photos={photos} />
        ) : (
          <PhotosContext value={photos}>
            <ComparedWords compared={compared} />
          </PhotosContext>
        )}
      </div>
    </section>
  );
};

const TitleLine = ({ children }: { readonly children: React.ReactNode }) =>
  children === "" ? null : (
    <h4 className="version-title" dir="auto">
      {children}
    </h4>
  );

/** One version is shown at a time. */
const headingId = "one-version";

/** Whether changes are shown stays as somebody set it while they go from version to version. */
export const useShowsChanges = () => useState(true);
