import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link, useLocation } from "wouter";
import type { PageId } from "../../shared/base/ids.ts";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import type { Card } from "../../shared/page/card.ts";
import { Discard } from "./Discard.tsx";
import { LazyPageEditor } from "./editor/LazyPageEditor.tsx";
import { NotShared } from "./NotShared.tsx";
import { PageTitle } from "./PageTitle.tsx";
import { Rest } from "./paper/Rest.tsx";
import { useRests } from "./paper/useRests.ts";
import { SavedWords } from "./SavedWords.tsx";
import { SharePreview } from "./SharePreview.tsx";
import { TitleField } from "./TitleField.tsx";
import { Trouble } from "./Trouble.tsx";
import { useEnded } from "./useEnded.ts";
import { useJournal } from "./surroundings.ts";
import { useLive } from "./useLive.ts";
import { useOpenPage } from "./useOpenPage.ts";
import { usePartnerName } from "./usePartnerName.ts";

type DraftDeskProps = {
  readonly draft: Card;
  readonly texts: {
    readonly title: string;
    readonly intro: string;
    readonly body: string;
    /** On the button that opens the preview, and on the one in it. */
    readonly button: string;
    readonly confirm: string;
    readonly note: string;
  };
  /** It has a line of its own above the words. */
  readonly titled?: boolean;
  /** Photos can stand among its words. */
  readonly withPhotos?: boolean;
  /** What is said beside the words. */
  readonly fields?: ReactNode;
  /** The same, as its reader will see it. */
  readonly says?: ReactNode;
  /** Where to, once it is sent, and where it is left. */
  readonly to: (shared: PageId) => string;
  readonly back: string;
};

/** A page of a practice that is only here yet: its words, what is said beside them, and the ways out. */
export const DraftDesk = (props: DraftDeskProps) => {
  const { t } = useTranslation();
  const opening = useOpenPage(useJournal().openPage, props.draft.id);
  if (opening.state === "opening") return <p className="quiet-state">{t("loading")}</p>;
  if (opening.state === "refused") return <Trouble group="page" code={opening.code} />;
  return <Desk {...props} {...opening} />;
};

type DeskProps = DraftDeskProps & { readonly page: OpenPage; readonly reopen: () => void };

const Desk = (props: DeskProps) => {
  const { t } = useTranslation("journal");
  const { draft, page, texts, titled = false, withPhotos = false, fields } = props;
  return (
    <article className="stack composing">
      <PageTitle>{texts.title}</PageTitle>
      <p className="note">{texts.intro}</p>
      {titled ? (
        <TitleField
          page={page}
          label={t("editor.title")}
          placeholder={t("editor.titlePlaceholder")}
        />
      ) : null}
      <LazyPageEditor
        body={page.body}
        label={texts.body}
        {...(withPhotos ? { photos: page.photos } : {})}
      />
      <SavedWords saved={page.saved} untouched={t("saved.untouched")} />
      {fields}
      <WaysOut {...props} />
      <Rest draft={draft} />
    </article>
  );
};

/** To the partner, through the preview, or away. */
const WaysOut = ({ draft, page, reopen, texts, says, to, back }: DeskProps) => {
  const { t } = useTranslation(["letters", "app", "journal"]);
  const journal = useJournal();
  const names = usePartnerName();
  const paired = useLive(journal.partner) !== undefined;
  const ended = useEnded();
  const [, navigate] = useLocation();
  const [preview, setPreview] = useState(false);
  const { restsUntil } = useRests(draft);
  const isNew = draft.draft?.changes === undefined;
  return (
    <>
      <div className="row">
        {ended || restsUntil !== undefined ? null : (
          <Button className="btn primary" isDisabled={!paired} onPress={() => setPreview(true)}>
            {isNew ? texts.button : t("send.change")}
          </Button>
        )}
        <Discard
          text={isNew ? t("journal:discard.text") : t("send.discardChange")}
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
        page={page}
        open={preview}
        onClose={() => setPreview(false)}
        share={() => journal.share(draft.id)}
        onShared={(shared) => navigate(to(shared), { replace: true })}
        reopen={reopen}
        tags={says}
        texts={{
          title: t("send.preview", names),
          confirm: isNew ? texts.confirm : t("send.confirmChange"),
          busy: t("send.sending"),
          note: isNew ? texts.note : t("send.showsAsChanged"),
        }}
      />
    </>
  );
};
