import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link, useLocation } from "wouter";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import type { Card } from "../../shared/page/card.ts";
import { Discard } from "./Discard.tsx";
import { NotShared } from "./NotShared.tsx";
import { useRests } from "./paper/useRests.ts";
import { SharePreview } from "./SharePreview.tsx";
import { useEnded } from "./useEnded.ts";
import { useJournal } from "./surroundings.ts";
import { useLive } from "./useLive.ts";
import { usePartnerName } from "./usePartnerName.ts";

type SendDraftProps = {
  readonly draft: Card;
  readonly page: OpenPage;
  readonly reopen: () => void;
  readonly texts: {
    readonly button: string;
    readonly confirm: string;
    readonly busy: string;
    readonly note: string;
  };
  /** Where it stands with the words in the preview. */
  readonly tags?: ReactNode;
  /** Where one is once it is thrown away. */
  readonly back: string;
  readonly toShared: (shared: string) => string;
};

/** The way out of a draft: to the partner, through the preview, or away. */
export const SendDraft = (props: SendDraftProps) => {
  const { draft, page, reopen, texts, tags, back, toShared } = props;
  const { t } = useTranslation(["journal", "letters", "app"]);
  const journal = useJournal();
  const names = usePartnerName();
  const paired = useLive(journal.partner) !== undefined;
  const ended = useEnded();
  const [, navigate] = useLocation();
  const [preview, setPreview] = useState(false);
  const { restsUntil } = useRests(draft);
  return (
    <>
      <div className="row">
        {ended || restsUntil !== undefined ? null : (
          <Button className="btn primary" isDisabled={!paired} onPress={() => setPreview(true)}>
            {texts.button}
          </Button>
        )}
        <Discard
          text={t("journal:discard.text")}
          discard={() => journal.discardDraft(draft.id)}
          onDone={() => navigate(back)}
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
        share={() => journal.share(draft.id)}
        onShared={(shared) => navigate(toShared(shared), { replace: true })}
        reopen={reopen}
        tags={tags}
        texts={{ title: t("letters:send.preview", names), ...texts }}
      />
    </>
  );
};
