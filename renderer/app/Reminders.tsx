import { AwayNotice } from "../away/AwayNotice.tsx";
import { BackupNotice } from "../backup/BackupNotice.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { WordsCheckNotice } from "../words/WordsCheckNotice.tsx";
import { WordsNotice } from "../words/WordsNotice.tsx";

/** What can wait waits while the person has stepped away; that words were never written down cannot. */
export const Reminders = () => {
  const { away } = useLive(useJournal().arrivals);
  return (
    <>
      <WordsNotice />
      {away === undefined ? (
        <>
          <WordsCheckNotice />
          <BackupNotice />
        </>
      ) : (
        <AwayNotice />
      )}
    </>
  );
};
