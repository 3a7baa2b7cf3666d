import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { SavingCode } from "../../shared/archive/saveEntries.ts";
import type { DocumentsCode } from "../../shared/bridge/documents.ts";
import type { EntryBook } from "../../shared/journal/entryBook.ts";
import { Choice } from "../ui/Choice.tsx";
import { useSurroundings } from "../ui/surroundings.ts";
import { Trouble } from "../ui/Trouble.tsx";
import { usePartnerName } from "../ui/usePartnerName.ts";
import type { Choosable } from "./choosable.ts";
import type { SavedForm } from "./saveAs.ts";
import { useSavedTexts } from "./useSavedTexts.ts";
import type { UseSaving } from "./useSaving.ts";

type SaveFormProps = {
  readonly book: EntryBook;
  readonly chosen: Choosable;
  readonly many: boolean;
  readonly code: SavingCode | DocumentsCode | undefined;
  readonly onSave: UseSaving["start"];
  readonly onClose: () => void;
};

/** What it means to have this file is said before anything is made. */
export const SaveForm = ({ book, chosen, many, code, onSave, onClose }: SaveFormProps) => {
  const { t } = useTranslation("saving");
  const { bridge, clock } = useSurroundings();
  const names = usePartnerName();
  const texts = useSavedTexts();
  const { all, shown } = chosen;
  const [which, setWhich] = useState<"shown" | "all">(
    shown === undefined || shown.length === 0 ? "all" : "shown",
  );
  const [form, setForm] = useState<SavedForm>("markdown");
  const save = () => {
    const cards = which === "shown" && shown !== undefined ? shown : all;
    onSave({
      cards,
      form,
      read: book.read,
      clock,
      documents: bridge.documents,
      name: t("file.name"),
      // The file does not tell that there is a room with something in it.
      texts: texts(many ? t(book.place === "room" ? "file.name" : "file.journal") : undefined),
    });
  };
  return (
    <>
      <div className="save-note">
        <p>
          <strong>{t("unlocked")}</strong> {t("unsigned")}
        </p>
        <p>{book.place === "room" ? t("ownRoom") : t("own", names)}</p>
      </div>
      {code === undefined ? null : <Trouble group="saving" code={code} />}
      {shown === undefined || shown.length === 0 ? null : (
        <Choice
          label={t("which.label")}
          options={[
            { value: "shown", label: t("which.shown", { count: shown.length }) },
            { value: "all", label: t("which.all", { count: all.length }) },
          ]}
          value={which}
          onChange={setWhich}
        />
      )}
      <Choice<SavedForm>
        label={t("form.label")}
        options={[
          {
            value: "markdown",
            label: t("form.markdown"),
            help: t(many ? "form.markdownMany" : "form.markdownOne"),
          },
          { value: "html", label: t("form.html"), help: t("form.htmlHelp") },
          {
            value: "pdf",
            label: t("form.pdf"),
            help: t(bridge.shell.kind === "browser" ? "form.pdfBrowserHelp" : "form.pdfHelp"),
          },
        ]}
        value={form}
        onChange={setForm}
      />
      <div className="row">
        <Button className="btn primary" onPress={save}>
          {t("save")}
        </Button>
        <Button className="btn" onPress={onClose}>
          {t("cancel")}
        </Button>
      </div>
    </>
  );
};
