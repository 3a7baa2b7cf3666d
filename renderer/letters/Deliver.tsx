import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { PageId } from "../../shared/base/ids.ts";
import type { Result } from "../../shared/base/result.ts";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import { WordsOfPage } from "../ui/editor/WordsOfPage.tsx";
import { Sheet } from "../ui/Sheet.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";

type DeliverProps = {
  readonly page: OpenPage;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly share: () => Promise<Result<PageId, string>>;
  readonly onShared: (shared: PageId) => void;
  readonly reopen: () => void;
};

/** A disclosure goes once and as a whole: its preview first, then one last question. */
export const Deliver = (props: DeliverProps) => {
  const { t } = useTranslation(["letters", "journal"]);
  const names = usePartnerName();
  const [last, setLast] = useState(false);
  const task = useTask<string>();
  const shareSaved = async (): Promise<Result<PageId, string>> => {
    const flushed = await props.page.flush();
    return flushed.ok ? props.share() : flushed;
  };
  const close = () => {
    if (task.busy) return;
    setLast(false);
    props.onClose();
    if (task.code === undefined) return;
    task.forget();
    props.reopen();
  };
  return (
    <>
      <Sheet title={t("send.preview", names)} open={props.open && !last} onClose={close}>
        <div className="letter preview">
          <WordsOfPage body={props.page.body} photos={props.page.photos} />
        </div>
        <p className="note">{t("journal:share.note", names)}</p>
        <div className="row">
          <Button className="btn primary" onPress={() => setLast(true)}>
            {t("deliver.on")}
          </Button>
          <Button className="btn quiet" onPress={close}>
            {t("journal:share.back")}
          </Button>
        </div>
      </Sheet>
      <Sheet title={t("deliver.title")} open={props.open && last} onClose={close} asks>
        <p>{t("deliver.whole")}</p>
        <p>{t("deliver.closed", names)}</p>
        {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
        <div className="row">
          <TaskButton
            className="btn primary"
            busy={task.busy}
            onPress={() => task.run(shareSaved, props.onShared)}
          >
            {task.busy ? t("send.sending") : t("deliver.confirm", names)}
          </TaskButton>
          <Button className="btn" autoFocus isDisabled={task.busy} onPress={close}>
            {t("deliver.notYet")}
          </Button>
        </div>
      </Sheet>
    </>
  );
};
