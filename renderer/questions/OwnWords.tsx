import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { useLocation } from "wouter";
import type { PageId } from "../../shared/base/ids.ts";
import type { Card } from "../../shared/page/card.ts";
import { OwnPageTools } from "../ui/paper/OwnPageTools.tsx";
import { PageWords } from "../ui/PageWords.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { ChangeDesk } from "./ChangeDesk.tsx";
import type { AnsweredCard, AskedCard } from "./threads.ts";
import type { DeskInHand } from "./useDeskInHand.ts";

type OwnAnswerProps = { readonly card: AnsweredCard; readonly hand: DeskInHand };

/** My answer, with what I can still do with it; while I change it, the desk lies in its place. */
export const OwnAnswer = ({ card, hand }: OwnAnswerProps) => {
  const begun = useChangeDraft(card.id);
  if (begun !== undefined && hand.draft === begun.id)
    return <ChangeDesk card={card} draft={begun} hand={hand} />;
  return (
    <>
      <PageWords id={card.id} />
      <Tools card={card} begun={begun} onChanging={hand.take} />
    </>
  );
};

type OwnQuestionProps = {
  readonly card: AskedCard;
  /** Between the words and what I can do with them. */
  readonly children: ReactNode;
};

/** My question: changing it is a screen of its own, as asking is. */
export const OwnQuestion = ({ card, children }: OwnQuestionProps) => {
  const begun = useChangeDraft(card.id);
  const [, navigate] = useLocation();
  return (
    <>
      <PageWords id={card.id} />
      {children}
      <Tools card={card} begun={begun} onChanging={(draft) => navigate(`/questions/${draft}`)} />
    </>
  );
};

/** The private copy in which I have begun to change this page. */
const useChangeDraft = (page: PageId): Card | undefined =>
  useLive(useJournal().cards).find(({ draft }) => draft?.changes === page);

type ToolsProps = {
  readonly card: Card;
  readonly begun: Card | undefined;
  readonly onChanging: (draft: PageId) => void;
};

const Tools = ({ card, begun, onChanging }: ToolsProps) => {
  const { t } = useTranslation("questions");
  return (
    <>
      {begun === undefined ? null : <p className="quiet-state">{t("thread.changeBegun")}</p>}
      {begun === undefined ? null : (
        <div>
          <Button className="btn" onPress={() => onChanging(begun.id)}>
            {t("thread.goOnChanging")}
          </Button>
        </div>
      )}
      <OwnPageTools card={card} onChanging={begun === undefined ? onChanging : undefined} />
    </>
  );
};
