import { useLocation } from "wouter";
import type { PageCode } from "../../shared/journal/openPage.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useTask } from "../ui/useTask.ts";

/** Begins one more, or goes on with the one that was left without a word, and goes there. */
export const useBegin = (kind: "cue" | "supporter", base: string) => {
  const journal = useJournal();
  const [, navigate] = useLocation();
  const task = useTask<PageCode>();
  const begin = () =>
    task.run(
      () => journal.beginPractice({ kind }),
      (page) => navigate(`${base}/${page}`),
    );
  return { begin, busy: task.busy, code: task.code };
};
