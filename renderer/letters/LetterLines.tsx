import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { LineList } from "../ui/LineList.tsx";
import { useRests } from "../ui/paper/useRests.ts";
import { Voice } from "../ui/Voice.tsx";
import { useDates } from "../ui/useDates.ts";
import type { Paper } from "./papers.ts";
import { useLetterWords } from "./useLetterWords.ts";

/** Papers as lines, newest first. How many there are is not said. */
export const LetterLines = ({
  title,
  papers,
}: {
  readonly title: string;
  readonly papers: readonly Paper[];
}) =>
  papers.length === 0 ? null : (
    <section>
      <h2 className="month">{title}</h2>
      <LineList items={papers}>{(paper) => <Line key={paper.id} paper={paper} />}</LineList>
    </section>
  );

const Line = ({ paper }: { readonly paper: Paper }) => {
  const words = useLetterWords();
  const states = useStates(paper);
  const folded = !paper.opened && paper.withdrawnAt === undefined;
  const label = paper.place === "draft" ? words.name(paper) : words.label(paper);
  return (
    <li>
      <Link href={`/letters/${paper.id}`} className={folded ? "line closed" : "line"}>
        <Voice who={paper.author === "me" ? "mine" : "theirs"}>
          {[label, ...states].join(" · ")}
        </Voice>
        {folded ? null : <FirstWords paper={paper} />}
      </Link>
    </li>
  );
};

const FirstWords = ({ paper }: { readonly paper: Paper }): ReactNode => (
  <>
    {paper.title === "" ? null : (
      <h3 className="line-title" dir="auto">
        {paper.title}
      </h3>
    )}
    {paper.excerpt === "" ? null : (
      <p className="line-words" dir="auto">
        {paper.excerpt}
      </p>
    )}
  </>
);

/** How it stands, on this computer. Nothing here says what the other has done with it. */
const useStates = (paper: Paper): readonly string[] => {
  const { t } = useTranslation(["letters", "journal"]);
  const dates = useDates();
  const { restsUntil } = useRests(paper);
  if (paper.place === "draft")
    return [
      ...(paper.draft?.changes === undefined ? [] : [t("state.change")]),
      t("state.onlyHere"),
      ...(restsUntil === undefined ? [] : [t("state.rests", { until: dates.moment(restsUntil) })]),
    ];
  if (paper.withdrawnAt !== undefined)
    return [t("state.withdrawn", { day: dates.day(paper.withdrawnAt) })];
  if (!paper.opened)
    return [t("state.closed"), ...(paper.putOff === undefined ? [] : [t(`state.${paper.putOff}`)])];
  return paper.changedAt === undefined
    ? []
    : [t("journal:changedOn", { day: dates.day(paper.changedAt) })];
};
