import { type ComponentProps, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link, useLocation } from "wouter";
import type { PageId } from "../../../shared/base/ids.ts";
import type { OpenPage } from "../../../shared/journal/openPage.ts";
import type { Card } from "../../../shared/page/card.ts";
import { Discard } from "../Discard.tsx";
import { NotShared } from "../NotShared.tsx";
import { SharePreview } from "../SharePreview.tsx";
import { useEnded } from "../useEnded.ts";
import { useJournal } from "../surroundings.ts";
import { useLive } from "../useLive.ts";
import { usePartnerName } from "../usePartnerName.ts";
import { useRests } from "./useRests.ts";

type Preview = ComponentProps<typeof SharePreview>;

type SendDraftProps = {
  readonly draft: Card;
  readonly page: OpenPage;
  readonly reopen: () => void;
  /** Of something new; a change of what was sent is said in one way for all. */
  readonly texts: {
    readonly button: string;
    readonly confirm: string;
    readonly busy?: string;
    readonly note: string;
  };
  /** What stands with the words in the preview. */
  readonly shows?: Pick<Preview, "lead" | "tags">;
  /** Where one is once it was sent, and once it was discarded. */
  readonly sent: (shared: PageId) => string;
  readonly back: string;
  /** It is as well where it is: sending it is offered, and is not what one came for. */
  readonly quiet?: boolean;
};

/** The way out of a draft: to the partner, through the preview, or away. */
export const SendDraft = (props: SendDraftProps) => {
  const { draft, page, reopen, texts, shows = {}, sent, back, quiet = false } = props;
  const { t } = useTranslation(["letters", "app", "journal"]);
  const journal = useJournal();
  const names = usePartnerName();
  const paired = useLive(journal.partner) !== undefined;
  const ended = useEnded();
  const [, navigate] = useLocation();
  const [preview, setPreview] = useState(false);
  const { restsUntil } = useRests(draft);
  const changes = draft.draft?.changes !== undefined;
  return (
    <>
      <div className="row">
        {ended || restsUntil !== undefined ? null : (
          <Button
            className={quiet && !changes ? "btn" : "btn primary"}
            isDisabled={!paired}
            onPress={() => setPreview(true)}
          >
            {changes ? t("send.change") : texts.button}
          </Button>
        )}
        <Discard
          text={changes ? t("send.discardChange") : t("journal:discard.text")}
          discard={() => journal.discardDraft(draft.id)}
          onDone={() => navigate(back)}
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
      <SharePreview
        {...shows}
        page={page}
        open={preview}
        onClose={() => setPreview(false)}
        share={() => journal.share(draft.id)}
        onShared={(shared) => navigate(sent(shared), { replace: true })}
        reopen={reopen}
        texts={{
          title: t("send.preview", names),
          confirm: changes ? t("send.confirmChange") : texts.confirm,
          busy: texts.busy ?? t("send.sending"),
          note: changes
            ? `${t("send.showsAsChanged")} ${t("journal:share.note", names)}`
            : texts.note,
        }}
      />
    </>
  );
};
