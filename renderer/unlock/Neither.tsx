import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { AsideCode, Door } from "../../shared/journal/journal.ts";
import { PageTitle } from "../ui/PageTitle.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useTask } from "../ui/useTask.ts";

type NeitherProps = {
  readonly door: Door;
  /** damaged: the journal does not open, and the person may hold passphrase and words. */
  readonly from: "forgotten" | "damaged";
  /** It was put aside; what is here now is looked at anew. */
  readonly onAside: () => void;
  readonly onBack: () => void;
};

/** Neither the passphrase nor the words, or a journal that is damaged: the truth, and a beginning that deletes nothing. */
export const Neither = ({ door, from, onAside, onBack }: NeitherProps) => {
  const { t } = useTranslation("unlock");
  const task = useTask<AsideCode>();
  return (
    <div className="stack">
      <PageTitle>{t(from === "damaged" ? "damaged.neither" : "neither.title")}</PageTitle>
      <div className="reading">
        <p>{t(from === "damaged" ? "damaged.truth" : "neither.truth")}</p>
        <p>{t("neither.kept")}</p>
        <p>{t("neither.backup")}</p>
        <p>{t("neither.partner")}</p>
      </div>
      {task.code === undefined ? null : <Trouble group="aside" code={task.code} />}
      <div className="row">
        <TaskButton
          className="btn primary"
          busy={task.busy}
          onPress={() => task.run(door.aside.putAside, onAside)}
        >
          {t("neither.begin")}
        </TaskButton>
        <Button className="btn quiet" onPress={onBack} isDisabled={task.busy}>
          {t("neither.back")}
        </Button>
      </div>
    </div>
  );
};
