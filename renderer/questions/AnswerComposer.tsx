import { useTranslation } from "react-i18next";
import type { PageId } from "../../shared/base/ids.ts";
import { useDates } from "../ui/useDates.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { DraftDesk } from "./DraftDesk.tsx";
import type { AnsweredCard, Thread } from "./threads.ts";

type AnswerComposerProps = {
  readonly thread: Thread;
  readonly draft: AnsweredCard;
  readonly autoFocus: boolean;
  readonly onSent: (page: PageId) => void;
  readonly onDiscarded: () => void;
};

/** My answer before it is sent: private, and begun with a first line where that helps. */
export const AnswerComposer = ({ thread, draft, ...rest }: AnswerComposerProps) => {
  const { t } = useTranslation(["questions", "journal"]);
  const dates = useDates();
  const names = usePartnerName();
  const { question } = thread;
  const again = question.question.askedAt.slice(1).at(-1);
  return (
    <DraftDesk
      {...rest}
      draft={draft.id}
      texts={{
        heading: t("answer.heading"),
        body: t("answer.body"),
        send: t("answer.send", names),
        preview: t("answer.preview", names),
        confirm: t("answer.confirm", names),
        sending: t("answer.sending"),
        note: `${t("answer.arrivesClosed", names)} ${t("journal:share.note", names)}`,
      }}
      stays={question.withdrawnAt === undefined ? undefined : t("answer.gone", names)}
      lead={
        again === undefined ? null : (
          <p className="quiet-state">{t("answer.fresh", { ...names, day: dates.day(again) })}</p>
        )
      }
      {...(question.withdrawnAt === undefined
        ? { openers: again === undefined ? "first" : "again" }
        : {})}
    />
  );
};
