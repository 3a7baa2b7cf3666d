import { useState } from "react";
import type { Journal } from "../../shared/journal/journal.ts";
import type { StoreCode } from "../../shared/ledger/stores.ts";
import { useTask } from "../ui/useTask.ts";
import { AskWords } from "./AskWords.tsx";
import { ShowWords } from "./ShowWords.tsx";

type KeepWordsProps = {
  readonly journal: Journal;
  readonly words: readonly string[];
  readonly onDone: () => void;
};

/** The words are shown, three of them are asked, and it is noted that somebody has them. */
export const KeepWords = ({ journal, words, onDone }: KeepWordsProps) => {
  const [asked, setAsked] = useState(false);
  const task = useTask<StoreCode>();
  if (!asked) return <ShowWords words={words} onDone={() => setAsked(true)} />;
  return (
    <AskWords
      words={words}
      task={task}
      onAgain={() => {
        task.forget();
        setAsked(false);
      }}
      onDone={() => task.run(journal.keepWords, onDone)}
    />
  );
};
