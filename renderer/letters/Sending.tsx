import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link, useLocation } from "wouter";
import type { PageId } from "../../shared/base/ids.ts";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import { Discard } from "../ui/Discard.tsx";
import { NotShared } from "../ui/NotShared.tsx";
import { SharePreview } from "../ui/SharePreview.tsx";
import { useRests } from "../ui/paper/useRests.ts";
import { useDates } from "../ui/useDates.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { useEnded } from "../ui/useEnded.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { Deliver } from "./Deliver.tsx";
import { DisclosureNotesAgain } from "./DisclosureNotesAgain.tsx";
import { isReplyToWithdrawn, type Paper } from "./papers.ts";

type SendingProps = { readonly paper: Paper; readonly page: OpenPage; readonly reopen: () => void };

/** The way out of a draft: to the partner, through the preview, or away. While it waits, it says until when. */
export const Sending = ({ paper, page, reopen }: SendingProps) => {
  const { t } = useTranslation(["letters", "app", "journal"]);
  const journal = useJournal();
  const dates = useDates();
  const cards = useLive(journal.cards);
  const paired = useLive(journal.partner) !== undefined;
  const ended = useEnded();
  const names = usePartnerName();
  const [, navigate] = useLocation();
  const [preview, setPreview] = useState(false);
  const { restsUntil, pausedUntil } = useRests(paper);
  const changes = paper.draft?.changes;
  const whole = paper.kind === "disclosure";
  const gone = changes === undefined && isReplyToWithdrawn(cards, paper);
  const back = changes ?? paper.of;
  const sheet = {
    page,
    open: preview,
    onClose: () => setPreview(false),
    share: () => journal.share(paper.id),
    onShared: (shared: PageId) => navigate(`/letters/${shared}`, { replace: true }),
    reopen,
  };
  const sends =
    changes !== undefined ? t("send.change") : t(whole ? "send.deliver" : "send.button", names);
  return (
    <>
      {gone ? <p className="note">{t("reply.gone", names)}</p> : null}
      {pausedUntil === undefined || gone ? null : (
        <div className="note" role="status">
          <p>{t("reply.from", { moment: dates.moment(pausedUntil) })}</p>
          <p>{t("reply.why", names)}</p>
        </div>
      )}
      <div className="row">
        {ended || gone || pausedUntil !== undefined || restsUntil !== undefined ? null : (
          <Button className="btn primary" isDisabled={!paired} onPress={() => setPreview(true)}>
            {sends}
          </Button>
        )}
        {whole ? <DisclosureNotesAgain /> : null}
        <Discard
          text={changes === undefined ? t("journal:discard.text") : t("send.discardChange")}
          discard={() => journal.discardDraft(paper.id)}
          onDone={() => navigate(back === undefined ? "/letters" : `/letters/${back}`)}
          reopen={reopen}
        />
        {paired ? null : (
          <NotShared>
            <p className="quiet-state">
              {t("send.alone")} <Link href="/pair">{t("app:invite")}</Link>
            </p>
          </NotShared>
        )}
      </div>
      {whole ? (
        <Deliver {...sheet} />
      ) : (
        <SharePreview
          {...sheet}
          texts={{
            title: t("send.preview", names),
            confirm: changes === undefined ? t("send.confirm", names) : t("send.confirmChange"),
            busy: t("send.sending"),
            note: [
              changes === undefined
                ? t(paper.kind === "told" ? "send.toldCloses" : "send.closes", names)
                : t("send.showsAsChanged"),
              t("journal:share.note", names),
            ].join(" "),
          }}
        />
      )}
    </>
  );
};
