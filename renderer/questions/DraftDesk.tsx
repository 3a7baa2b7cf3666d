import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, Heading } from "react-aria-components";
import type { PageId } from "../../shared/base/ids.ts";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import { Discard } from "../ui/Discard.tsx";
import { LazyPageEditor } from "../ui/editor/LazyPageEditor.tsx";
import type { Pen } from "../ui/editor/pen.ts";
import { Hints } from "../ui/hints/Hints.tsx";
import { Rest } from "../ui/paper/Rest.tsx";
import { useRests } from "../ui/paper/useRests.ts";
import { SavedWords } from "../ui/SavedWords.tsx";
import { SharePreview } from "../ui/SharePreview.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { useEnded } from "../ui/useEnded.ts";
import { useOpenPage } from "../ui/useOpenPage.ts";
import { AnswerOpeners } from "./AnswerOpeners.tsx";

type DraftDeskProps = {
  readonly draft: PageId;
  readonly texts: {
    readonly heading: string;
    readonly body: string;
    readonly send: string;
    readonly preview: string;
    readonly confirm: string;
    readonly sending: string;
    /** Beside the preview: what sending means. */
    readonly note: string;
    readonly discardTitle?: string;
    readonly discard?: string;
  };
  /** 3 inside of another page's words. */
  readonly level?: 2 | 3;
  readonly autoFocus?: boolean;
  /** Above the editor. */
  readonly lead?: ReactNode;
  /** First lines are offered, for an answer or for one more. */
  readonly openers?: "first" | "again";
  /** In place of sending: why these words go nowhere. */
  readonly stays?: string | undefined;
  readonly onSent: (page: PageId) => void;
  readonly onDiscarded: () => void;
};

/** A private draft until it is sent: words, their preview, a rest in place of sending, and a way to let them go. */
export const DraftDesk = (props: DraftDeskProps) => {
  const { t } = useTranslation(["app", "ending"]);
  const stays = useEnded() ? t("ending:private") : props.stays;
  const opening = useOpenPage(useJournal().openPage, props.draft);
  if (opening.state === "opening") return <p className="quiet-state">{t("loading")}</p>;
  if (opening.state === "refused") return <Trouble group="page" code={opening.code} />;
  return <Desk {...props} stays={stays} page={opening.page} reopen={opening.reopen} />;
};

type DeskProps = DraftDeskProps & { readonly page: OpenPage; readonly reopen: () => void };

const Desk = (props: DeskProps) => {
  const { t } = useTranslation(["questions", "journal"]);
  const journal = useJournal();
  const { page, draft, texts, level = 2, stays } = props;
  const card = useLive(page.card);
  const { restsUntil } = useRests(card);
  const waits = restsUntil !== undefined;
  const [preview, setPreview] = useState(false);
  const [pen, setPen] = useState<Pen>();
  return (
    <section className="desk" aria-label={texts.heading}>
      <Heading level={level} className="desk-heading">
        {texts.heading}
      </Heading>
      {props.lead}
      {props.openers === undefined ? null : <AnswerOpeners lines={props.openers} pen={pen} />}
      <LazyPageEditor
        body={page.body}
        label={texts.body}
        onReady={setPen}
        autoFocus={props.autoFocus ?? false}
      />
      <Hints body={page.body} about="owning" />
      <SavedWords saved={page.saved} untouched={t("journal:saved.untouched")} />
      {stays === undefined ? null : <p className="note">{stays}</p>}
      <div className="row">
        {stays !== undefined || waits ? null : (
          <Button className="btn primary" onPress={() => setPreview(true)}>
            {texts.send}
          </Button>
        )}
        {stays === undefined ? <Rest draft={card} /> : null}
        <Discard
          {...(texts.discardTitle === undefined ? {} : { title: texts.discardTitle })}
          text={texts.discard ?? t("journal:discard.text")}
          discard={() => journal.discardDraft(draft)}
          onDone={props.onDiscarded}
          reopen={props.reopen}
        />
      </div>
      <SharePreview
        page={page}
        open={preview}
        texts={{
          title: texts.preview,
          confirm: texts.confirm,
          busy: texts.sending,
          note: texts.note,
        }}
        onClose={() => setPreview(false)}
        share={() => journal.share(draft)}
        onShared={props.onSent}
        reopen={props.reopen}
      />
    </section>
  );
};
