import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { PageId } from "../../shared/base/ids.ts";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import type { Card } from "../../shared/page/card.ts";
import { LazyPageEditor } from "./editor/LazyPageEditor.tsx";
import { PageTitle } from "./PageTitle.tsx";
import { Rest } from "./paper/Rest.tsx";
import { SendDraft } from "./paper/SendDraft.tsx";
import { SavedWords } from "./SavedWords.tsx";
import { TitleField } from "./TitleField.tsx";
import { Trouble } from "./Trouble.tsx";
import { useJournal } from "./surroundings.ts";
import { useOpenPage } from "./useOpenPage.ts";

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
  const { draft, page, reopen, texts, titled = false, withPhotos = false } = props;
  const { fields, says, to, back } = props;
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
      <SendDraft
        draft={draft}
        page={page}
        reopen={reopen}
        texts={texts}
        shows={says === undefined ? {} : { tags: says }}
        sent={to}
        back={back}
      />
      <Rest draft={draft} />
    </article>
  );
};
