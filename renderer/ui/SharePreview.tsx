import { type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { PageId } from "../../shared/base/ids.ts";
import type { Result } from "../../shared/base/result.ts";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import { TaskButton } from "./TaskButton.tsx";
import { WordsOfPage } from "./editor/WordsOfPage.tsx";
import { Sheet } from "./Sheet.tsx";
import { Trouble } from "./Trouble.tsx";
import { useLive } from "./useLive.ts";
import { useTask } from "./useTask.ts";

type SharePreviewProps<Code extends string> = {
  readonly page: OpenPage;
  readonly open: boolean;
  readonly texts: {
    readonly title: string;
    readonly confirm: string;
    readonly busy: string;
    readonly note: string;
  };
  /** What stands above the words: the day that an entry is about. */
  readonly lead?: ReactNode;
  /** What stands with the words: a question's need and depth, an entry's tags. */
  readonly tags?: ReactNode;
  readonly onClose: () => void;
  readonly share: () => Promise<Result<PageId, Code>>;
  readonly onShared: (shared: PageId) => void;
  readonly reopen: () => void;
};

/** Exactly what the partner will see, and one way on. Nothing is shared without passing here. */
export const SharePreview = <Code extends string>(props: SharePreviewProps<Code>) => {
  const { t } = useTranslation("journal");
  const { page, open, texts, lead, tags, share, onShared } = props;
  const card = useLive(page.card);
  const task = useTask<Code | string>();
  const shareSaved = async (): Promise<Result<PageId, string>> => {
    const flushed = await page.flush();
    return flushed.ok ? share() : flushed;
  };
  const close = () => {
    props.onClose();
    if (task.code === undefined) return;
    task.forget();
    props.reopen();
  };
  return (
    <Sheet title={texts.title} open={open} onClose={close}>
      <div className="letter preview">
        {lead}
        {card.title === "" ? null : <h3 dir="auto">{card.title}</h3>}
        <WordsOfPage body={page.body} photos={page.photos} />
        {tags}
      </div>
      <p className="note">{texts.note}</p>
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <div className="row">
        <TaskButton
          className="btn primary"
          busy={task.busy}
          onPress={() => task.run(shareSaved, onShared)}
        >
          {task.busy ? texts.busy : texts.confirm}
        </TaskButton>
        <Button className="btn quiet" onPress={close} isDisabled={task.busy}>
          {t("share.back")}
        </Button>
      </div>
    </Sheet>
  );
};
