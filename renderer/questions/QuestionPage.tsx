import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PageId } from "../../shared/base/ids.ts";
import { BackLink } from "../ui/BackLink.tsx";
import { Missing } from "../ui/Missing.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { AskEditor } from "./AskEditor.tsx";
import { ThreadView } from "./ThreadView.tsx";
import { findThread } from "./threads.ts";

export const QuestionPage = ({ id }: { readonly id: PageId }) => {
  const { t } = useTranslation(["questions", "ask"]);
  const cards = useLive(useJournal().cards);
  const found = useMemo(() => findThread(cards, id), [cards, id]);
  // While a draft is being sent or discarded it is gone from the list a moment before this screen is.
  const [last, setLast] = useState(found);
  if (found !== undefined && found !== last) setLast(found);
  const thread = found ?? last;
  if (thread === undefined) return <Missing />;
  const { question } = thread;
  const changes = question.draft?.changes;
  return (
    <div className="stack">
      {changes === undefined ? (
        <BackLink to="/questions">{t("title")}</BackLink>
      ) : (
        <BackLink to={`/questions/${changes}`}>{t("ask:change.back")}</BackLink>
      )}
      {question.place === "draft" ? (
        <AskEditor question={question} />
      ) : (
        <ThreadView thread={thread} />
      )}
    </div>
  );
};
