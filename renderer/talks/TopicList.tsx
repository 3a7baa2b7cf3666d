import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { PageId } from "../../shared/base/ids.ts";
import type { Card } from "../../shared/page/card.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";

/** "Your question: …" */
export const useTopicName = (): ((question: Card) => string) => {
  const { t } = useTranslation("talks");
  const names = usePartnerName();
  return ({ author, title, excerpt }) =>
    t(author === "me" ? "topic.mine" : "topic.theirs", {
      ...names,
      title: title === "" ? excerpt : title,
    });
};

/** What a talk is to be about. A page that is no question, or is not here, is no topic. */
export const TopicList = ({ topics }: { readonly topics: readonly PageId[] }) => {
  const { t } = useTranslation("talks");
  const cards = useLive(useJournal().cards);
  const nameOf = useTopicName();
  const questions = cards.filter(
    ({ id, kind, place, withdrawnAt }) =>
      topics.includes(id) && kind === "question" && place === "shared" && withdrawnAt === undefined,
  );
  return questions.length === 0 ? null : (
    <section className="stack" aria-label={t("topic.label")}>
      <ul className="topics">
        {questions.map((question) => (
          <li key={question.id}>
            <Link href={`/questions/${question.id}`} dir="auto">
              {nameOf(question)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
};
