import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PageId } from "../../shared/base/ids.ts";
import type { Result } from "../../shared/base/result.ts";
import type { Card } from "../../shared/page/card.ts";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import { PickPages } from "./PickPages.tsx";

/** The partner's words go nowhere before they have said yes to exactly these pages. */
export const AskForPages = ({ cards }: { readonly cards: readonly Card[] }) => {
  const { t } = useTranslation("session");
  const journal = useJournal();
  const names = usePartnerName();
  const [picked, setPicked] = useState<ReadonlySet<PageId>>(new Set());
  const task = useTask<string>();
  const ask = async (): Promise<Result<PageId, string>> => {
    const draft = await journal.beginPractice({ kind: "bring", pages: [...picked] });
    if (!draft.ok) return draft;
    const shared = await journal.share(draft.value);
    if (!shared.ok) await journal.discardDraft(draft.value);
    return shared;
  };
  return (
    <div className="stack">
      <PickPages label={t("ask.pick", names)} cards={cards} picked={picked} onPick={setPicked} />
      <p className="help">{t("ask.help", names)}</p>
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <div className="row">
        <TaskButton
          className="btn"
          busy={task.busy}
          isDisabled={picked.size === 0 || picked.size > mostAsked}
          onPress={() => task.run(ask, () => setPicked(new Set()))}
        >
          {t("ask.go", names)}
        </TaskButton>
        {picked.size > mostAsked ? <p className="help">{t("ask.many")}</p> : null}
      </div>
    </div>
  );
};

/** As many as one asking holds (shared/page/said.ts). */
const mostAsked = 64;
