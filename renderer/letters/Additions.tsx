import { useTranslation } from "react-i18next";
import { useJournal } from "../ui/surroundings.ts";
import { useEnded } from "../ui/useEnded.ts";
import { useLive } from "../ui/useLive.ts";
import { GoWrite } from "./GoWrite.tsx";
import { findUnsent, type Paper } from "./papers.ts";

/** What its writer remembers later goes beside a disclosure, dated, and never into it. */
export const Additions = ({ disclosure }: { readonly disclosure: Paper }) => {
  const { t } = useTranslation("letters");
  const journal = useJournal();
  const begun = findUnsent(useLive(journal.cards), disclosure.id) !== undefined;
  const ended = useEnded();
  const { kind, author, withdrawnAt } = disclosure;
  if (ended && !begun) return null;
  if (kind !== "disclosure" || author !== "me" || withdrawnAt !== undefined) return null;
  return (
    <div className="stack">
      <GoWrite
        words={t(begun ? "beside.goOnAddition" : "beside.writeAddition")}
        draft={() => journal.draftAddition(disclosure.id)}
      />
    </div>
  );
};
