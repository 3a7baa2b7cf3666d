import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { PageCode } from "../../shared/journal/openPage.ts";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import type { Thread } from "./threads.ts";

/** Beside a thread: that nothing here presses, and a way to stop for today. */
export const ThreadAside = ({ thread }: { readonly thread: Thread }) => {
  const { t } = useTranslation("questions");
  const journal = useJournal();
  const names = usePartnerName();
  const [, navigate] = useLocation();
  const task = useTask<PageCode>();
  const mine = thread.question.author === "me";
  const waits = thread.answers.some(
    ({ opened, withdrawnAt }) => !opened && withdrawnAt === undefined,
  );
  return (
    <aside className="side">
      {mine && waits ? (
        <section>
          <h2>{t("aside.ready")}</h2>
          <p>{t("aside.readyText", names)}</p>
        </section>
      ) : null}
      {mine ? null : (
        <section>
          <h2>{t("aside.noHurry")}</h2>
          <p>{t("aside.noHurryText")}</p>
        </section>
      )}
      <section>
        <h2>{t("aside.enough")}</h2>
        <p>{t("aside.enoughText")}</p>
        {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
        <TaskButton
          className="btn"
          busy={task.busy}
          onPress={() =>
            task.run(
              () => journal.setEnough(true),
              () => navigate("/questions"),
            )
          }
        >
          {t("aside.stop")}
        </TaskButton>
      </section>
    </aside>
  );
};
