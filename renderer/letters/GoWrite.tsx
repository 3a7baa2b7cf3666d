import { useLocation } from "wouter";
import type { PageId } from "../../shared/base/ids.ts";
import type { Result } from "../../shared/base/result.ts";
import type { PageCode } from "../../shared/journal/openPage.ts";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useTask } from "../ui/useTask.ts";

type GoWriteProps = {
  readonly words: string;
  /** Gives the draft that is begun, or a new one. */
  readonly draft: () => Promise<Result<PageId, PageCode>>;
};

/** The way to what is written beside a letter or a disclosure. */
export const GoWrite = ({ words, draft }: GoWriteProps) => {
  const [, navigate] = useLocation();
  const task = useTask<PageCode>();
  return (
    <>
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <div className="row">
        <TaskButton
          className="btn"
          busy={task.busy}
          onPress={() => task.run(draft, (page) => navigate(`/letters/${page}`))}
        >
          {words}
        </TaskButton>
      </div>
    </>
  );
};
