import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link, useLocation } from "wouter";
import type { ShareCode } from "../../shared/journal/journal.ts";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import { NotShared } from "../ui/NotShared.tsx";
import { SharePreview } from "../ui/SharePreview.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { useEnded } from "../ui/useEnded.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { EntryMarks } from "./details/EntryMarks.tsx";
import { ReadAsTheirs } from "./ReadAsTheirs.tsx";

type ShareEntryProps = { readonly page: OpenPage; readonly reopen: () => void };

/** The deliberate step: nothing of an entry is shared without its preview. */
export const ShareEntry = ({ page, reopen }: ShareEntryProps) => {
  const { t } = useTranslation("journal");
  const journal = useJournal();
  const card = useLive(page.card);
  const paired = useLive(journal.partner) !== undefined;
  const ended = useEnded();
  const names = usePartnerName();
  const [, navigate] = useLocation();
  const [preview, setPreview] = useState(false);
  const look = () => {
    // What was chosen a moment ago stands on the card, and so in the preview, once it is kept.
    void page.flush();
    setPreview(true);
  };
  return (
    <>
      {ended ? null : (
        <Button className="btn primary" onPress={look} isDisabled={!paired}>
          {t("share.button")}
        </Button>
      )}
      {paired ? null : (
        <NotShared>
          <NotYetTwo />
        </NotShared>
      )}
      <SharePreview<ShareCode>
        page={page}
        open={preview}
        texts={{
          title: t("share.title", names),
          confirm: t("share.confirm", names),
          busy: t("share.sharing"),
          note: t("share.note", names),
        }}
        lead={<ReadAsTheirs card={card} />}
        tags={<EntryMarks card={card} />}
        onClose={() => setPreview(false)}
        share={() => journal.share(card.id)}
        onShared={(shared) => navigate(`/journal/${shared}`, { replace: true })}
        reopen={reopen}
      />
    </>
  );
};

const NotYetTwo = () => {
  const { t } = useTranslation(["journal", "app"]);
  return (
    <p className="quiet-state not-yet-two">
      {t("share.alone")} <Link href="/pair">{t("app:invite")}</Link>
    </p>
  );
};
