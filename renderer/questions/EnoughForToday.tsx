import { useTranslation } from "react-i18next";
import type { PageCode } from "../../shared/journal/openPage.ts";
import { PageTitle } from "../ui/PageTitle.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useTask } from "../ui/useTask.ts";

/** Closes this place until tomorrow, or until it is opened again. The other does not learn of it. */
export const EnoughButton = () => {
  const { t } = useTranslation("ask");
  const journal = useJournal();
  const task = useTask<PageCode>();
  return (
    <>
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <TaskButton
        className="btn quiet"
        busy={task.busy}
        onPress={() => task.run(() => journal.setEnough(true))}
      >
        {t("enough.button")}
      </TaskButton>
    </>
  );
};

/** The whole place as one closed sheet. */
export const EnoughForToday = () => {
  const { t } = useTranslation(["ask", "questions"]);
  const journal = useJournal();
  const task = useTask<PageCode>();
  return (
    <div className="stack measured">
      <PageTitle>{t("questions:title")}</PageTitle>
      <div className="letter closed enough">
        <h2>{t("enough.title")}</h2>
        <p>{t("enough.text")}</p>
        {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
        <div className="row">
          <TaskButton
            className="btn quiet"
            busy={task.busy}
            onPress={() => task.run(() => journal.setEnough(false))}
          >
            {t("enough.open")}
          </TaskButton>
        </div>
      </div>
    </div>
  );
};
