import type { PageCode } from "../../shared/journal/openPage.ts";
import { accept, type Result } from "../../shared/base/result.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useTask } from "../ui/useTask.ts";

/** Every signal of mine that still has words: one that an earlier full disk left behind must not come back. */
export const useTakeDown = () => {
  const journal = useJournal();
  const task = useTask<PageCode>();
  const takeDown = async (): Promise<Result<void, PageCode>> => {
    const mine = journal.cards
      .read()
      .filter(
        ({ kind, author, place, withdrawnAt }) =>
          kind === "hand" && author === "me" && place === "shared" && withdrawnAt === undefined,
      );
    for (const { id } of mine) {
      const done = await journal.withdraw(id);
      if (!done.ok) return done;
    }
    return accept(undefined);
  };
  return {
    takeDown: (then?: () => void) => task.run(takeDown, then),
    busy: task.busy,
    code: task.code,
  };
};
