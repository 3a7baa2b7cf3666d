import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link } from "wouter";
import type { PageId } from "../../shared/base/ids.ts";
import type { BookCode } from "../../shared/journal/entryBook.ts";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import { SharePreview } from "../ui/SharePreview.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useDates } from "../ui/useDates.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { EntryMarks } from "./details/EntryMarks.tsx";

type CopyAcrossProps = { readonly page: OpenPage; readonly reopen: () => void };

/**
 * Out of my room as a private entry, or into it: always a copy, never a move. The way in stands there only while
 * the room is open; else it would tell whoever looks over a shoulder that there is one.
 */
export const CopyAcross = ({ page, reopen }: CopyAcrossProps) => {
  const { t } = useTranslation("entries");
  const { room } = useJournal();
  const roomOpen = useLive(room.state).state === "open";
  const card = useLive(page.card);
  const names = usePartnerName();
  const dates = useDates();
  const [preview, setPreview] = useState(false);
  const [copied, setCopied] = useState<PageId | undefined>();
  const out = card.place === "room";
  if (!out && !roomOpen) return null;
  const look = () => {
    setCopied(undefined);
    void page.flush();
    setPreview(true);
  };
  const done = (made: PageId) => {
    setPreview(false);
    setCopied(made);
  };
  return (
    <>
      <Button className="btn quiet" onPress={look}>
        {t(out ? "copy.out" : "copy.in")}
      </Button>
      <p className="quiet-state copied" role="status">
        {copied === undefined ? null : (
          <>
            {t(out ? "copy.outDone" : "copy.inDone")}{" "}
            <Link href={`${out ? "/journal" : "/room"}/${copied}`}>{t("copy.see")}</Link>
          </>
        )}
      </p>
      <SharePreview<BookCode>
        page={page}
        open={preview}
        texts={{
          title: t(out ? "copy.outTitle" : "copy.inTitle"),
          confirm: t(out ? "copy.outConfirm" : "copy.inConfirm"),
          busy: t("copy.busy"),
          note: t(out ? "copy.outNote" : "copy.inNote", names),
        }}
        lead={<p className="quiet-state">{t("copy.day", { day: dates.day(card.aboutAt) })}</p>}
        tags={out ? undefined : <EntryMarks card={card} />}
        onClose={() => setPreview(false)}
        share={() => (out ? room.copyOut(card.id) : room.copyIn(card.id))}
        onShared={done}
        reopen={reopen}
      />
    </>
  );
};
