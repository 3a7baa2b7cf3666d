import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { PageId } from "../../shared/base/ids.ts";
import { PageWords } from "../ui/PageWords.tsx";
import { Voice } from "../ui/Voice.tsx";
import { Changed } from "../ui/paper/Changed.tsx";
import { ClosedPaper } from "../ui/paper/ClosedPaper.tsx";
import { OwnPageTools } from "../ui/paper/OwnPageTools.tsx";
import { Withdrawn } from "../ui/paper/Withdrawn.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { Additions } from "./Additions.tsx";
import { canChange, type Paper, readBeside } from "./papers.ts";
import { Reply } from "./Reply.tsx";
import { useLetterWords } from "./useLetterWords.ts";

/** What lies beside a page: additions to a disclosure, replies to a letter, each dated, each closed when it comes. */
export const Beside = ({ paper }: { readonly paper: Paper }) => {
  const { t } = useTranslation("letters");
  const cards = useLive(useJournal().cards);
  const [justOpened, setJustOpened] = useState<PageId>();
  const beside = readBeside(cards, paper.id);
  const firstClosed = paper.opened ? beside.find(({ opened }) => !opened)?.id : undefined;
  return (
    <>
      {beside.length === 0 ? null : (
        <section className="fan beside">
          <h2>{t(paper.kind === "disclosure" ? "beside.additions" : "beside.replies")}</h2>
          {beside.map((each) => (
            <Slip
              key={each.id}
              paper={each}
              among={each.id !== firstClosed}
              focused={each.id === justOpened}
              onOpened={() => setJustOpened(each.id)}
            />
          ))}
        </section>
      )}
      <Additions disclosure={paper} />
      <Reply letter={paper} />
    </>
  );
};

type SlipProps = {
  readonly paper: Paper;
  readonly among: boolean;
  readonly focused: boolean;
  readonly onOpened: () => void;
};

const Slip = ({ paper, among, focused, onOpened }: SlipProps) => {
  const { label } = useLetterWords();
  const [, navigate] = useLocation();
  const slip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focused) slip.current?.focus();
  }, [focused]);
  if (paper.withdrawnAt !== undefined) return <Withdrawn card={paper} />;
  if (!paper.opened)
    return <ClosedPaper card={paper} label={label(paper)} onOpened={onOpened} among={among} />;
  const mine = paper.author === "me";
  return (
    <div className="letter" role="group" aria-label={label(paper)} tabIndex={-1} ref={slip}>
      <Voice who={mine ? "mine" : "theirs"}>
        {label(paper)} <Changed card={paper} />
      </Voice>
      <PageWords id={paper.id} />
      {mine ? (
        <OwnPageTools
          card={paper}
          onChanging={canChange(paper) ? (draft) => navigate(`/letters/${draft}`) : undefined}
        />
      ) : null}
    </div>
  );
};
