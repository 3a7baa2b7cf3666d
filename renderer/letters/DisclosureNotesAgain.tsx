import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Sheet } from "../ui/Sheet.tsx";
import { LegalNote, SafetyNote } from "./DisclosureNotes.tsx";

/** The same two notes as before the first word, at hand until it is delivered. */
export const DisclosureNotesAgain = () => {
  const { t } = useTranslation("letters");
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button className="btn quiet" onPress={() => setOpen(true)}>
        {t("check.again")}
      </Button>
      <Sheet title={t("check.again")} open={open} onClose={close}>
        <h3>{t("check.safety")}</h3>
        <SafetyNote />
        <h3>{t("check.legal")}</h3>
        <LegalNote />
        <div className="row">
          <Button className="btn" onPress={close}>
            {t("check.close")}
          </Button>
        </div>
      </Sheet>
    </>
  );
};
