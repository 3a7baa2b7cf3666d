import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link, useLocation } from "wouter";
import { createQueue } from "../../shared/base/queue.ts";
import type { Result } from "../../shared/base/result.ts";
import type { ShareCode } from "../../shared/journal/journal.ts";
import type { OpenPage, PageCode } from "../../shared/journal/openPage.ts";
import { mostFeelings } from "../../shared/page/card.ts";
import { type CheckIn, readCheckIns } from "../../shared/page/checkins.ts";
import { noonOf } from "../../shared/page/day.ts";
import { longestLine } from "../../shared/page/said.ts";
import { FeelingChoice } from "../journal/details/FeelingChoice.tsx";
import { wordsIn } from "../journal/list/filters.ts";
import { Discard } from "../ui/Discard.tsx";
import { LazyPageEditor } from "../ui/editor/LazyPageEditor.tsx";
import { Field } from "../ui/Field.tsx";
import { NotShared } from "../ui/NotShared.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { SavedWords } from "../ui/SavedWords.tsx";
import { SharePreview } from "../ui/SharePreview.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useDates } from "../ui/useDates.ts";
import { useEnded } from "../ui/useEnded.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useKeptText } from "../ui/useKeptText.ts";
import { useLive } from "../ui/useLive.ts";
import { useOpenPage } from "../ui/useOpenPage.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { CheckInSays } from "./CheckInSays.tsx";

/** Mine, as long as it is only here. */
export const CheckInEditor = ({ checkIn }: { readonly checkIn: CheckIn }) => {
  const { t } = useTranslation("app");
  const opening = useOpenPage(useJournal().openPage, checkIn.card.id);
  if (opening.state === "opening") return <p className="quiet-state">{t("loading")}</p>;
  if (opening.state === "refused") return <Trouble group="page" code={opening.code} />;
  return <Desk {...opening} checkIn={checkIn} />;
};

type DeskProps = {
  readonly checkIn: CheckIn;
  readonly page: OpenPage;
  readonly reopen: () => void;
};

const Desk = ({ checkIn, page, reopen }: DeskProps) => {
  const { t } = useTranslation(["today", "journal"]);
  const dates = useDates();
  const need = useLine(checkIn, "need");
  const thanks = useLine(checkIn, "thanks");
  return (
    <article className="stack composing checkin">
      <PageTitle>{t("checkin.headingOn", { day: dates.day(noonOf(checkIn.day)) })}</PageTitle>
      <Feelings checkIn={checkIn} />
      <KeptField name="need" line={need} />
      <KeptField name="thanks" line={thanks} />
      <LazyPageEditor body={page.body} label={t("checkin.body")} />
      <SavedWords saved={page.saved} untouched={t("journal:saved.untouched")} />
      <Ways
        checkIn={checkIn}
        page={page}
        reopen={reopen}
        settled={async () => {
          const one = await need.settled();
          const other = await thanks.settled();
          return one.ok ? other : one;
        }}
      />
    </article>
  );
};

const Feelings = ({ checkIn: { card, feelings } }: { readonly checkIn: CheckIn }) => {
  const { t } = useTranslation("today");
  const journal = useJournal();
  const cards = useLive(journal.cards);
  const [inTurn] = useState(createQueue);
  const [chosen, setChosen] = useState(feelings);
  const [code, setCode] = useState<PageCode>();
  const known = [
    ...wordsIn(cards, (each) => (each.author === "me" ? each.feelings : [])),
    ...readCheckIns(cards).flatMap((each) => (each.card.author === "me" ? each.feelings : [])),
  ];
  const choose = (words: readonly string[]) => {
    setChosen(words);
    void inTurn(() =>
      journal.describePractice(card.id, {
        kind: "checkin",
        feelings: words.length === 0 ? undefined : words,
      }),
    ).then((kept) => setCode(kept.ok ? undefined : kept.code));
  };
  return (
    <>
      <FeelingChoice
        label={t("checkin.feelings")}
        chosen={chosen}
        known={[...new Set(known)]}
        most={mostFeelings}
        onChange={choose}
      />
      {code === undefined ? null : <Trouble group="page" code={code} />}
    </>
  );
};

type LineName = "need" | "thanks";
type Line = ReturnType<typeof useLine>;

const useLine = ({ card: { id }, ...said }: CheckIn, name: LineName) => {
  const { describePractice } = useJournal();
  const keep = useCallback(
    (text: string) =>
      describePractice(id, { kind: "checkin", [name]: text.trim() === "" ? undefined : text }),
    [describePractice, id, name],
  );
  return useKeptText(said[name] ?? "", keep);
};

const KeptField = ({ name, line }: { readonly name: LineName; readonly line: Line }) => {
  const { t } = useTranslation("today");
  return (
    <div onBlur={() => void line.settled()}>
      <Field
        label={t(`checkin.${name}`)}
        help={t(`checkin.${name}Help`)}
        value={line.text}
        onChange={(typed) => line.change(typed.slice(0, longestLine))}
      />
      {line.code === undefined ? null : <Trouble group="page" code={line.code} />}
    </div>
  );
};

type WaysProps = DeskProps & { readonly settled: () => Promise<Result<void, PageCode>> };

/** To keep it here or to share it: neither is the one that is meant. */
const Ways = ({ checkIn, page, reopen, settled }: WaysProps) => {
  const { t } = useTranslation(["today", "app", "journal", "letters"]);
  const journal = useJournal();
  const names = usePartnerName();
  const paired = useLive(journal.partner) !== undefined;
  const ended = useEnded();
  const [, navigate] = useLocation();
  const [preview, setPreview] = useState(false);
  const { card } = checkIn;
  const share = async (): Promise<Result<typeof card.id, ShareCode>> => {
    const kept = await settled();
    return kept.ok ? journal.share(card.id) : kept;
  };
  return (
    <>
      <div className="row">
        <Button className="btn" onPress={() => void settled().then(() => navigate("/today"))}>
          {t("checkin.keep")}
        </Button>
        {ended ? null : (
          <Button
            className="btn"
            isDisabled={!paired}
            onPress={() => void settled().then(() => setPreview(true))}
          >
            {t("checkin.share", names)}
          </Button>
        )}
        <Discard
          text={t("journal:discard.text")}
          discard={() => journal.discardDraft(card.id)}
          onDone={() => navigate("/today")}
          reopen={reopen}
        />
        {paired ? null : (
          <NotShared>
            <p className="quiet-state">
              {t("letters:send.alone")} <Link href="/pair">{t("app:invite")}</Link>
            </p>
          </NotShared>
        )}
      </div>
      <SharePreview
        page={page}
        open={preview}
        onClose={() => setPreview(false)}
        share={share}
        onShared={() => navigate("/today", { replace: true })}
        reopen={reopen}
        tags={<CheckInSays checkIn={checkIn} />}
        texts={{
          title: t("letters:send.preview", names),
          confirm: t("checkin.confirm", names),
          busy: t("letters:send.sending"),
          note: t("checkin.note", names),
        }}
      />
    </>
  );
};
