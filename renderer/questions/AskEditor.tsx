import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link, useLocation } from "wouter";
import type { OpenPage } from "../../shared/journal/journal.ts";
import { depths, needs } from "../../shared/page/card.ts";
import { Choice } from "../ui/Choice.tsx";
import { Discard } from "../ui/Discard.tsx";
import { LazyPageEditor } from "../ui/editor/LazyPageEditor.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { SavedWords } from "../ui/SavedWords.tsx";
import { SharePreview } from "../ui/SharePreview.tsx";
import { TitleField } from "../ui/TitleField.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { useOpenPage } from "../ui/useOpenPage.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { Tags } from "./Tags.tsx";
import type { AskedCard } from "./threads.ts";
import { useDescription } from "./useDescription.ts";

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
  const { t } = useTranslation(["questions", "app", "journal"]);
  const journal = useJournal();
  const paired = useLive(journal.partner) !== undefined;
  const names = usePartnerName();
  const [, navigate] = useLocation();
  const [preview, setPreview] = useState(false);
  const description = useDescription(question);
  const { describe } = description;

  return (
    <article className="stack measured">
      <PageTitle hidden>{t("compose.heading")}</PageTitle>
      <TitleField page={page} label={t("compose.title")} placeholder={t("compose.title")} />
      <LazyPageEditor body={page.body} label={t("compose.body")} />
      <Choice
        across
        label={t("need.label")}
        options={needs.map((value) => ({ value, label: capital(t(`need.${value}`)) }))}
        value={description.question.need}
        onChange={(chosen) => describe({ need: chosen })}
      />
      <Choice
        label={t("depth.label")}
        options={depths.map((value) => ({ value, label: capital(t(`depth.${value}`)) }))}
        value={description.question.depth}
        onChange={(chosen) => describe({ depth: chosen })}
      />
      {description.code === undefined ? null : <Trouble group="page" code={description.code} />}
      <SavedWords saved={page.saved} untouched={t("journal:saved.untouched")} />
      <div className="row">
        <Button className="btn primary" onPress={() => setPreview(true)} isDisabled={!paired}>
          {t("compose.send")}
        </Button>
        <Discard
          text={t("journal:discard.text")}
          discard={() => journal.discardDraft(question.id)}
          onDone={() => navigate("/questions")}
          reopen={reopen}
        />
        {paired ? null : (
          <p className="quiet-state">
            {t("compose.alone")} <Link href="/pair">{t("app:invite")}</Link>
          </p>
        )}
      </div>
      <SharePreview
        page={page}
        open={preview}
        texts={{
          title: t("compose.preview", names),
          confirm: t("compose.confirm", names),
          busy: t("compose.sending"),
          note: t("journal:share.note", names),
        }}
        tags={<Tags question={description.question} whose="mine" />}
        onClose={() => setPreview(false)}
        share={description.share}
        onShared={(shared) => navigate(`/questions/${shared}`, { replace: true })}
        reopen={reopen}
      />
    </article>
  );
};

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);
