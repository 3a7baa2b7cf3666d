import { type ReactNode, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PageId } from "../../shared/base/ids.ts";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { Card } from "../../shared/page/card.ts";
import { DraftDesk } from "../questions/DraftDesk.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { useEnded } from "../ui/useEnded.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { type DeskInHand, useDeskInHand } from "../questions/useDeskInHand.ts";
import { useTask } from "../ui/useTask.ts";
import { HeardSlip } from "./HeardSlip.tsx";
import { readHeard } from "./readHeard.ts";

type HeardProps = {
  readonly about: Card;
  /** Stands beside the way into writing: what else can be done after reading. */
  readonly beside?: ReactNode;
  /** In a thread one draft is in hand at a time, this one or another. */
  readonly inThread?: DeskInHand;
  /** Of its headings: 3 below a heading of the page itself. */
  readonly level?: 2 | 3;
};

/**
 * "What I heard" about one page: what was reflected so far with its yes or not quite, and, where the page is the
 * partner's and open, a place to write it. What was begun before the page was withdrawn is still there to read.
 */
export const Heard = ({ about, beside = null, inThread, level = 2 }: HeardProps) => {
  const { t } = useTranslation("questions");
  const journal = useJournal();
  const cards = useLive(journal.cards);
  const { said, draft } = useMemo(() => readHeard(cards, about), [cards, about]);
  const task = useTask<PageCode>();
  const alone = useDeskInHand(undefined);
  const hand = inThread ?? alone;
  const [discards, setDiscards] = useState(0);
  const ended = useEnded();
  const mayWrite =
    about.author === "partner" &&
    about.place === "shared" &&
    about.opened &&
    ((about.withdrawnAt === undefined && !ended) || draft !== undefined);
  const writing = mayWrite && draft !== undefined && draft.id === hand.draft;
  if (said.length === 0 && !mayWrite && beside === null) return null;

  const begin = () =>
    draft === undefined
      ? task.run(() => journal.draftHeard(about.id), hand.take)
      : hand.take(draft.id);
  return (
    <div className="heard">
      {said.map((reflection) => (
        <HeardSlip
          key={reflection.card.id}
          level={level}
          reflection={reflection}
          arrived={hand.arrival?.page === reflection.card.id ? hand.arrival : undefined}
        />
      ))}
      {writing ? (
        <HeardDesk
          level={level}
          draft={draft.id}
          withdrawn={about.withdrawnAt !== undefined}
          onSent={(page) => hand.putDown(t("thread.sent"), page)}
          onDiscarded={() => {
            hand.putDown(t("answer.discarded"));
            setDiscards((before) => before + 1);
          }}
        />
      ) : null}
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      {writing || (!mayWrite && beside === null) ? null : (
        <div className="row">
          {mayWrite ? (
            <TaskButton
              // After a discard it is a new button, and takes the focus from what is gone.
              key={discards}
              autoFocus={discards > 0}
              className="btn"
              busy={task.busy}
              onPress={begin}
            >
              {draft !== undefined
                ? t("heard.goOn")
                : said.length > 0
                  ? t("heard.anew")
                  : t("heard.begin")}
            </TaskButton>
          ) : null}
          {beside}
        </div>
      )}
      {inThread === undefined ? (
        <p role="status" className="for-readers">
          {alone.says}
        </p>
      ) : null}
    </div>
  );
};

type HeardDeskProps = {
  readonly level: 2 | 3;
  readonly draft: PageId;
  /** The words that it is about: then it goes nowhere. */
  readonly withdrawn: boolean;
  readonly onSent: (page: PageId) => void;
  readonly onDiscarded: () => void;
};

const HeardDesk = ({ level, draft, withdrawn, onSent, onDiscarded }: HeardDeskProps) => {
  const { t } = useTranslation(["questions", "journal"]);
  const names = usePartnerName();
  return (
    <DraftDesk
      level={level}
      draft={draft}
      autoFocus
      texts={{
        heading: t("heard.heading"),
        body: t("heard.body"),
        send: t("heard.send", names),
        preview: t("heard.preview", names),
        confirm: t("heard.confirm", names),
        sending: t("heard.sending"),
        note: t("journal:share.note", names),
      }}
      stays={withdrawn ? t("heard.gone", names) : undefined}
      lead={<p className="quiet-state">{t("heard.text", names)}</p>}
      onSent={onSent}
      onDiscarded={onDiscarded}
    />
  );
};
