import { useTranslation } from "react-i18next";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { useEnded } from "../ui/useEnded.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { GoWrite } from "./GoWrite.tsx";
import { findUnsent, type Paper } from "./papers.ts";
import { usePauseWords } from "./usePauseWords.ts";

/** To a letter about what it did to the other, once it was opened: written at once, sent when the pause is over. */
export const Reply = ({ letter: paper }: { readonly letter: Paper }) => {
  const { t } = useTranslation("letters");
  const journal = useJournal();
  const names = usePartnerName();
  const pauseWords = usePauseWords();
  const begun = findUnsent(useLive(journal.cards), paper.id) !== undefined;
  const ended = useEnded();
  const { author, letter, opened, withdrawnAt } = paper;
  if (ended && !begun) return null;
  if (author === "me" || letter?.about !== "impact" || !opened || withdrawnAt !== undefined)
    return null;
  return (
    <div className="stack">
      {letter.pauseHours === 0 || begun ? null : (
        <p className="note">
          {t("reply.pause", { ...names, pause: pauseWords(letter.pauseHours) })}
        </p>
      )}
      <GoWrite
        words={t(begun ? "reply.goOn" : "reply.write")}
        draft={() => journal.draftReply(paper.id)}
      />
    </div>
  );
};
