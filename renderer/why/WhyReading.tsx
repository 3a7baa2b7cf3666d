import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { PageCode } from "../../shared/journal/openPage.ts";
import { type Card, isNewDraft } from "../../shared/page/card.ts";
import { nextOfWhy, type Why } from "../../shared/page/whys.ts";
import { PageTitle } from "../ui/PageTitle.tsx";
import { PageWords } from "../ui/PageWords.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Voice } from "../ui/Voice.tsx";
import { CameBack } from "../ui/paper/CameBack.tsx";
import { Changed } from "../ui/paper/Changed.tsx";
import { ClosedPaper } from "../ui/paper/ClosedPaper.tsx";
import { OwnPageTools } from "../ui/paper/OwnPageTools.tsx";
import { Withdrawn } from "../ui/paper/Withdrawn.tsx";
import { useEnded } from "../ui/useEnded.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import { useWhyWords } from "./useWhyWords.ts";
import { holdsClosed, isWhyCard, type WhyCard } from "./whyPages.ts";

/** What was asked, and under it what each wrote, round by round. */
export const WhyReading = ({ why }: { readonly why: Why }) => {
  const { t } = useTranslation("why");
  const { card, rounds } = why;
  const pages = rounds.flatMap(({ reasons, responses }) => [reasons, ...responses]);
  const closed = pages.find(({ opened, withdrawnAt }) => !opened && withdrawnAt === undefined);
  const title = card.title === "" ? t("one") : card.title;
  return (
    <article className="stack">
      <PageTitle hidden={card.title === ""}>
        <span dir="auto">{title}</span>
      </PageTitle>
      {[card, ...pages].filter(isWhyCard).map((page) => (
        <Slip
          key={page.id}
          page={page}
          among={page !== closed}
          under={page.kind === "whyResponse"}
        />
      ))}
      <Next why={why} />
    </article>
  );
};

type SlipProps = {
  readonly page: WhyCard;
  readonly among: boolean;
  readonly under: boolean;
};

/** Reading leaves no trace that the other could learn of. */
const Slip = ({ page, among, under }: SlipProps) => {
  const { t } = useTranslation("app");
  const words = useWhyWords();
  const [, navigate] = useLocation();
  const mine = page.author === "me";
  const says = words(page);
  const place = under ? "stack why-slip under" : "stack why-slip";
  if (page.withdrawnAt !== undefined)
    return (
      <div className={place}>
        <Withdrawn card={page} />
      </div>
    );
  if (!page.opened)
    return (
      <div className={place}>
        <ClosedPaper card={page} label={says} among={among} onOpened={() => undefined} />
      </div>
    );
  return (
    <section className={place} aria-label={says}>
      <Voice who={mine ? "mine" : "theirs"}>
        {says} <Changed card={page} />
      </Voice>
      {page.dateDoubtful ? <p className="note">{t("dates.doubtful")}</p> : null}
      <CameBack card={page} />
      <div className="letter">
        <PageWords id={page.id} />
      </div>
      {mine ? <OwnPageTools card={page} onChanging={(draft) => navigate(`/why/${draft}`)} /> : null}
    </section>
  );
};

/** What one can write next; before it is one's turn, what it waits for. */
const Next = ({ why }: { readonly why: Why }) => {
  const { t } = useTranslation("why");
  const journal = useJournal();
  const cards = useLive(journal.cards);
  const names = usePartnerName();
  const [, navigate] = useLocation();
  const task = useTask<PageCode>();
  const next = nextOfWhy(why);
  if (useEnded() || why.card.withdrawnAt !== undefined) return null;
  if (next === undefined)
    return <p className="note">{t(holdsClosed(why) ? "openFirst" : "first", names)}</p>;
  const begun = cards.some(
    (card) => isNewDraft(card) && card.kind === next.kind && card.of === next.of,
  );
  const said = why.rounds.some(({ reasons, responses }) =>
    [reasons, ...responses].some(({ kind, author }) => kind === next.kind && author === "me"),
  );
  const first = begun ? "goOn" : said ? "more" : next.kind;
  return (
    <>
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <div className="row">
        <TaskButton
          className={said || holdsClosed(why) ? "btn" : "btn primary"}
          busy={task.busy}
          onPress={() =>
            task.run(
              async () => goOnOr(cards, next.kind, next.of) ?? journal.beginPractice(next),
              (draft) => navigate(`/why/${draft}`),
            )
          }
        >
          {t(`write.${first}`)}
        </TaskButton>
      </div>
    </>
  );
};

/** One that was begun is gone on with, whether or not it has words. */
const goOnOr = (cards: readonly Card[], kind: Card["kind"], of: Card["id"]) => {
  const begun = cards.find((card) => isNewDraft(card) && card.kind === kind && card.of === of);
  return begun === undefined ? undefined : ({ ok: true, value: begun.id } as const);
};
