import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { mayBring } from "../../shared/page/bringing.ts";
import type { Card } from "../../shared/page/card.ts";
import { Choice } from "../ui/Choice.tsx";
import { Sheet } from "../ui/Sheet.tsx";
import { Toggle } from "../ui/Toggle.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { SaveDone, SaveWorking } from "../saving/SaveProgress.tsx";
import { useSaving } from "../saving/useSaving.ts";
import { PaperPage } from "./PaperPage.tsx";
import { readForSession } from "./readForSession.ts";
import { useSessionTexts } from "./useSessionTexts.ts";

type SessionPaperProps = {
  /** Only what may be brought. */
  readonly cards: readonly Card[];
  readonly open: boolean;
  readonly onClose: () => void;
};

type Form = "pdf" | "pages";

/** Exactly what will stand on the paper, and then the paper. */
export const SessionPaper = ({ cards, open, onClose }: SessionPaperProps) => {
  const { t } = useTranslation("session");
  const journal = useJournal();
  const { bridge, clock } = useSurroundings();
  const texts = useSessionTexts();
  const saving = useSaving();
  const [form, setForm] = useState<Form>("pdf");
  const [photos, setPhotos] = useState(false);
  const { stage } = saving;
  const withPhotos = photos && form === "pdf";
  const anyPhotos = cards.some(({ author, hasPhotos }) => author === "me" && hasPhotos);
  // Oldest first, as it is told.
  const inOrder = cards.toSorted((one, other) => one.aboutAt - other.aboutAt);
  const close = () => {
    saving.forget();
    onClose();
  };
  const save = () =>
    saving.start({
      cards: inOrder,
      // As it stands when the page's turn comes: a yes that ended meanwhile counts no more.
      may: (card) =>
        mayBring(
          journal.cards.read(),
          journal.partner.read() !== undefined && journal.ending.state.read().state === "together",
        )(card),
      form,
      read: readForSession(journal, withPhotos),
      clock,
      documents: bridge.documents,
      name: t("paper.file"),
      texts,
    });
  return (
    <Sheet title={t("preview")} open={open} onClose={close}>
      {stage.at === "asking" ? (
        <>
          <div className="bring-sheet">
            <h3>{texts.title}</h3>
            <p>{texts.note}</p>
            {inOrder.map((card) => (
              <PaperPage key={card.id} card={card} texts={texts} withPhotos={withPhotos} />
            ))}
          </div>
          <p className="note">
            {t("unlocked")} {t("unsigned")} {t("courts")}
          </p>
          {stage.code === undefined ? null : <Trouble group="saving" code={stage.code} />}
          <Choice<Form>
            label={t("form.label")}
            options={[
              {
                value: "pdf",
                label: t("form.pdf"),
                help: t(bridge.shell.kind === "browser" ? "form.pdfBrowserHelp" : "form.pdfHelp"),
              },
              { value: "pages", label: t("form.markdown"), help: t("form.markdownHelp") },
            ]}
            value={form}
            onChange={setForm}
          />
          {anyPhotos && form === "pdf" ? (
            <Toggle
              label={t("photos.label")}
              help={t("photos.help")}
              on={photos}
              onChange={setPhotos}
            />
          ) : null}
          <div className="row">
            <Button className="btn primary" isDisabled={inOrder.length === 0} onPress={save}>
              {t("make")}
            </Button>
            <Button className="btn" onPress={close}>
              {t("notNow")}
            </Button>
          </div>
        </>
      ) : stage.at === "working" ? (
        <SaveWorking done={stage.done} all={stage.all} onStop={saving.stop} />
      ) : (
        <SaveDone result={stage.result} onClose={close} />
      )}
    </Sheet>
  );
};
