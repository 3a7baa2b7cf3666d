import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { EntryBook } from "../../shared/journal/entryBook.ts";
import { Sheet } from "../ui/Sheet.tsx";
import type { Choosable } from "./choosable.ts";
import { SaveForm } from "./SaveForm.tsx";
import { SaveDone, SaveWorking } from "./SaveProgress.tsx";
import { useSaving } from "./useSaving.ts";

type SaveAsFileProps = {
  readonly book: EntryBook;
  /** Asked when the sheet opens. */
  readonly choose: () => Choosable;
  readonly many?: boolean;
};

/** A quiet way, and the sheet behind it. Closing the sheet stops what runs, and nothing of it is left. */
export const SaveAsFile = ({ book, choose, many = false }: SaveAsFileProps) => {
  const { t } = useTranslation("saving");
  const [chosen, setChosen] = useState<Choosable | undefined>();
  const saving = useSaving();
  const { stage } = saving;
  const close = () => {
    saving.forget();
    setChosen(undefined);
  };
  return (
    <>
      <Button className="btn quiet" onPress={() => setChosen(choose())}>
        {t("open")}
      </Button>
      <Sheet title={t("title")} open={chosen !== undefined} onClose={close}>
        {chosen === undefined ? null : stage.at === "asking" ? (
          <SaveForm
            book={book}
            chosen={chosen}
            many={many}
            code={stage.code}
            onSave={saving.start}
            onClose={close}
          />
        ) : stage.at === "working" ? (
          <SaveWorking done={stage.done} all={stage.all} onStop={saving.stop} />
        ) : (
          <SaveDone result={stage.result} onClose={close} />
        )}
      </Sheet>
    </>
  );
};
