import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { Heard } from "../heard/Heard.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { PageWords } from "../ui/PageWords.tsx";
import { Voice } from "../ui/Voice.tsx";
import { CameBack } from "../ui/paper/CameBack.tsx";
import { Changed } from "../ui/paper/Changed.tsx";
import { ClosedPaper } from "../ui/paper/ClosedPaper.tsx";
import { OwnPageTools } from "../ui/paper/OwnPageTools.tsx";
import { Withdrawn } from "../ui/paper/Withdrawn.tsx";
import { Beside } from "./Beside.tsx";
import { canChange, type Paper } from "./papers.ts";
import { useLetterWords } from "./useLetterWords.ts";

/** What was sent: closed first, where it is the partner's. Reading leaves no trace that the other could learn of. */
export const LetterReading = ({ paper }: { readonly paper: Paper }) => {
  const { name } = useLetterWords();
  return (
    <>
      {paper.withdrawnAt !== undefined ? (
        <article className="stack">
          <PageTitle>{name(paper)}</PageTitle>
          <Withdrawn card={paper} />
          <Heard about={paper} />
        </article>
      ) : paper.opened ? (
        <Open paper={paper} />
      ) : (
        <Closed paper={paper} />
      )}
      <Beside paper={paper} />
    </>
  );
};

/** Opened, it gives way to the words, whose heading takes the focus. */
const Closed = ({ paper }: { readonly paper: Paper }) => {
  const { t } = useTranslation("letters");
  const { name, label } = useLetterWords();
  return (
    <article className="stack">
      <PageTitle hidden>{name(paper)}</PageTitle>
      {paper.kind === "disclosure" ? <p className="note">{t("reading.longAndHard")}</p> : null}
      <ClosedPaper card={paper} label={label(paper)} onOpened={() => undefined} />
    </article>
  );
};

const Open = ({ paper }: { readonly paper: Paper }) => {
  const { t } = useTranslation("app");
  const { name, label } = useLetterWords();
  const [, navigate] = useLocation();
  const mine = paper.author === "me";
  return (
    <article className="stack">
      <Voice who={mine ? "mine" : "theirs"}>
        {label(paper)} <Changed card={paper} />
      </Voice>
      <PageTitle hidden={paper.title === ""}>
        <span dir="auto">{paper.title === "" ? name(paper) : paper.title}</span>
      </PageTitle>
      {paper.dateDoubtful ? <p className="note">{t("dates.doubtful")}</p> : null}
      <CameBack card={paper} />
      <div className="letter">
        <PageWords id={paper.id} />
      </div>
      {mine ? (
        <OwnPageTools
          card={paper}
          onChanging={canChange(paper) ? (draft) => navigate(`/letters/${draft}`) : undefined}
        />
      ) : null}
      <Heard about={paper} />
    </article>
  );
};
