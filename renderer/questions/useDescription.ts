import { useRef, useState } from "react";
import { createQueue } from "../../shared/base/queue.ts";
import type { PageId } from "../../shared/base/ids.ts";
import type { Result } from "../../shared/base/result.ts";
import type { QuestionDescription, ShareCode } from "../../shared/journal/journal.ts";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { QuestionCard } from "../../shared/page/card.ts";
import { useJournal } from "../ui/surroundings.ts";
import type { AskedCard } from "./threads.ts";

export type DescriptionDesk = {
  /** As chosen, also where the disk has not got it yet. */
  readonly question: QuestionCard;
  /** Of the last choice, where it could not be kept. */
  readonly code: PageCode | undefined;
  readonly describe: (change: QuestionDescription) => void;
  /** After every choice made before it. */
  readonly share: () => Promise<Result<PageId, ShareCode>>;
};

/** A choice shows at once; the disk gets one after another, so that a slow one loses none. */
export const useDescription = ({ id, question }: AskedCard): DescriptionDesk => {
  const journal = useJournal();
  const [inTurn] = useState(createQueue);
  const [chosen, setChosen] = useState<QuestionDescription>();
  const [code, setCode] = useState<PageCode>();
  const newest = useRef<QuestionDescription>(undefined);

  const describe = (change: QuestionDescription): void => {
    const next = { ...newest.current, ...change };
    newest.current = next;
    setChosen(next);
    void inTurn(() => journal.describeQuestion(id, next)).then((kept) => {
      setCode(kept.ok ? undefined : kept.code);
      if (kept.ok || newest.current !== next) return;
      newest.current = undefined;
      setChosen(undefined);
    });
  };

  return {
    question: { ...question, ...chosen },
    code,
    describe,
    share: () => inTurn(() => journal.share(id)),
  };
};
