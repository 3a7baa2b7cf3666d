import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link, useLocation } from "wouter";
import type { PageId } from "../../shared/base/ids.ts";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import { Discard } from "../ui/Discard.tsx";
import { LazyPageEditor } from "../ui/editor/LazyPageEditor.tsx";
import type { Pen } from "../ui/editor/pen.ts";
import { Hints } from "../ui/hints/Hints.tsx";
import { NotShared } from "../ui/NotShared.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { Rest } from "../ui/paper/Rest.tsx";
import { useRests } from "../ui/paper/useRests.ts";
import { SavedWords } from "../ui/SavedWords.tsx";
import { SharePreview } from "../ui/SharePreview.tsx";
import { TitleField } from "../ui/TitleField.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { useEnded } from "../ui/useEnded.ts";
import { useOpenPage } from "../ui/useOpenPage.ts";
import { Description } from "./Description.tsx";
import { Starters } from "./Starters.tsx";
import { Tags } from "./Tags.tsx";
import type { AskedCard } from "./threads.ts";
import { useAskTexts } from "./useAskTexts.ts";
import { useDescription } from "./useDescription.ts";

/** A question that is not asked yet, or the private copy in which an asked one is being changed. */
export const AskEditor = ({ question }: { readonly question: AskedCard }) => {
  const { t } = useTranslation("questions");
  const opening = useOpenPage(useJournal().openPage, question.id);
  if (opening.state === "opening") return <p className="quiet-state">{t("compose.opening")}</p>;
  if (opening.state === "refused") return <Trouble group="page" code={opening.code} />;
  return <Compose page={opening.page} question={question} reopen={opening.reopen} />;
};

type ComposeProps = {
  readonly page: OpenPage;
  readonly question: AskedCard;
  readonly reopen: () => void;
};

const Compose = ({ page, question, reopen }: ComposeProps) => {
  const { t } = useTranslation(["questions", "ask", "journal"]);
  const journal = useJournal();
  const paired = useLive(journal.partner) !== undefined;
  const ended = useEnded();
  const [, navigate] = useLocation();
  const changes = question.draft?.changes;
  const texts = useAskTexts(changes !== undefined);
  const resting = useRests(question).restsUntil !== undefined;
  const [preview, setPreview] = useState(false);
  const [pen, setPen] = useState<Pen>();
  const description = useDescription(question);
  const back = changes === undefined ? "/questions" : `/questions/${changes}`;

  return (
    <article className="stack measured">
      <PageTitle hidden={changes === undefined}>{texts.heading}</PageTitle>
      {changes === undefined ? null : <p className="note">{texts.note}</p>}
      <TitleField page={page} label={t("compose.title")} placeholder={t("compose.title")} />
      <LazyPageEditor body={page.body} label={t("compose.body")} onReady={setPen} />
      <Hints body={page.body} about="asking" />
      <Starters begin={pen?.beginAtCursor} />
      <Description question={description.question} describe={description.describe} />
      {description.code === undefined ? null : <Trouble group="page" code={description.code} />}
      <SavedWords saved={page.saved} untouched={texts.untouched} />
      <div className="row">
        {resting || ended ? null : (
          <Button className="btn primary" onPress={() => setPreview(true)} isDisabled={!paired}>
            {texts.send}
          </Button>
        )}
        <Rest draft={question} />
        <Link className="btn quiet" href={back}>
          {texts.leave}
        </Link>
        <Discard
          {...texts.discard}
          discard={() => journal.discardDraft(question.id)}
          onDone={() => navigate(back, { replace: true })}
          reopen={reopen}
        />
        {paired ? null : (
          <NotShared>
            <NotYetTwo />
          </NotShared>
        )}
      </div>
      <SharePreview
        page={page}
        open={preview}
        texts={texts.preview}
        tags={<Tags question={description.question} whose="mine" asRead />}
        onClose={() => setPreview(false)}
        share={description.share}
        onShared={(shared: PageId) => navigate(`/questions/${shared}`, { replace: true })}
        reopen={reopen}
      />
    </article>
  );
};

const NotYetTwo = () => {
  const { t } = useTranslation(["questions", "app"]);
  return (
    <p className="quiet-state">
      {t("compose.alone")} <Link href="/pair">{t("app:invite")}</Link>
    </p>
  );
};
