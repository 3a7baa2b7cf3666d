import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { PageId } from "../../shared/base/ids.ts";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import type { Card } from "../../shared/page/card.ts";
import type { PracticeKind } from "../../shared/page/said.ts";
import { BackLink } from "../ui/BackLink.tsx";
import { Discard } from "../ui/Discard.tsx";
import { Missing } from "../ui/Missing.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { SavedWords } from "../ui/SavedWords.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { useOpenPage } from "../ui/useOpenPage.ts";

type OwnPageProps = {
  readonly id: PageId;
  readonly kind: PracticeKind;
  readonly base: string;
  readonly heading: string;
  readonly children: (page: OpenPage, card: Card) => ReactNode;
};

/** A page that is for its writer alone, written on as it stands. There is no way on from it but back. */
export const OwnPage = ({ id, kind, base, heading, children }: OwnPageProps) => {
  const { t } = useTranslation(["forMe", "app", "journal"]);
  const journal = useJournal();
  const cards = useLive(journal.cards);
  const [, navigate] = useLocation();
  const opening = useOpenPage(journal.openPage, id);
  const found = cards.find(
    (card) => card.id === id && card.kind === kind && card.place === "draft",
  );
  // Deleted, it is gone from the list a moment before this screen is.
  const [last, setLast] = useState(found);
  if (found !== undefined && found !== last) setLast(found);
  const card = found ?? last;
  if (card === undefined) return <Missing />;
  return (
    <div className="stack measured">
      <BackLink to={base}>{heading}</BackLink>
      <article className="stack composing">
        <PageTitle hidden>{heading}</PageTitle>
        {opening.state === "opening" ? <p className="quiet-state">{t("app:loading")}</p> : null}
        {opening.state === "refused" ? <Trouble group="page" code={opening.code} /> : null}
        {opening.state === "open" ? (
          <>
            {children(opening.page, card)}
            <SavedWords saved={opening.page.saved} untouched={t("journal:saved.untouched")} />
            <div className="row">
              <Discard
                title={t("goneTitle")}
                text={t("gone")}
                discard={() => journal.discardDraft(id)}
                onDone={() => navigate(base)}
                reopen={opening.reopen}
              />
            </div>
          </>
        ) : null}
      </article>
    </div>
  );
};
