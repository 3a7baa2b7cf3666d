import { useState } from "react";
import { useTranslation } from "react-i18next";
import { createQueue } from "../../shared/base/queue.ts";
import type { OpenPage, PageCode } from "../../shared/journal/openPage.ts";
import type { Card, Day } from "../../shared/page/card.ts";
import { saidOf } from "../../shared/page/said.ts";
import { DayField } from "../ui/DayField.tsx";
import { LazyPageEditor } from "../ui/editor/LazyPageEditor.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { Rest } from "../ui/paper/Rest.tsx";
import { SavedWords } from "../ui/SavedWords.tsx";
import { SendDraft } from "../ui/paper/SendDraft.tsx";
import { TitleField } from "../ui/TitleField.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useDayWords } from "../ui/useDayWords.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useOpenPage } from "../ui/useOpenPage.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";

/** A milestone that is only here yet. */
export const MilestoneEditor = ({ draft }: { readonly draft: Card }) => {
  const { t } = useTranslation("app");
  const opening = useOpenPage(useJournal().openPage, draft.id);
  if (opening.state === "opening") return <p className="quiet-state">{t("loading")}</p>;
  if (opening.state === "refused") return <Trouble group="page" code={opening.code} />;
  return <Desk {...opening} draft={draft} />;
};

type DeskProps = { readonly draft: Card; readonly page: OpenPage; readonly reopen: () => void };

const Desk = ({ draft, page, reopen }: DeskProps) => {
  const { t } = useTranslation(["timeline", "journal"]);
  const journal = useJournal();
  const names = usePartnerName();
  const dayWords = useDayWords();
  const [inTurn] = useState(createQueue);
  const [code, setCode] = useState<PageCode>();
  const day = saidOf("milestone", draft.said)?.day;
  const setDay = (next: Day | undefined) =>
    void inTurn(() => journal.describePractice(draft.id, { kind: "milestone", day: next })).then(
      (said) => setCode(said.ok ? undefined : said.code),
    );
  return (
    <article className="stack composing">
      <PageTitle>{t("milestone.new")}</PageTitle>
      <p className="note">{t("milestone.intro", names)}</p>
      <TitleField
        page={page}
        label={t("journal:editor.title")}
        placeholder={t("journal:editor.titlePlaceholder")}
      />
      <LazyPageEditor body={page.body} label={t("milestone.body")} />
      <SavedWords saved={page.saved} untouched={t("journal:saved.untouched")} />
      <DayField
        label={t("milestone.day")}
        help={t("milestone.dayHelp")}
        value={day}
        onChange={setDay}
      />
      {code === undefined ? null : <Trouble group="page" code={code} />}
      <SendDraft
        draft={draft}
        page={page}
        reopen={reopen}
        back="/timeline"
        sent={(shared) => `/timeline/${shared}`}
        shows={day === undefined ? {} : { tags: <p className="help">{dayWords(day)}</p> }}
        texts={{
          button: t("milestone.button"),
          confirm: t("milestone.confirm", names),
          busy: t("milestone.busy"),
          note: t("milestone.note", names),
        }}
      />
      <Rest draft={draft} />
    </article>
  );
};
