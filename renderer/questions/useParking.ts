import { useEffect, useRef, useState } from "react";
import type { PageId } from "../../shared/base/ids.ts";
import { createQueue } from "../../shared/base/queue.ts";
import type { Result } from "../../shared/base/result.ts";
import type { PageCode } from "../../shared/journal/openPage.ts";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { useTask } from "../ui/useTask.ts";
import { findBegun } from "./findBegun.ts";
import { parkQuestion } from "./parkQuestion.ts";
import type { AskedCard } from "./threads.ts";

/** What is typed is kept when the keys have rested for so long, ms. */
const keepAfter = 700;
const longestTitle = 200;

export type Parking = {
  readonly title: string;
  readonly change: (title: string) => void;
  /** Puts it down in the parking place and makes room for another. */
  readonly park: () => void;
  /** The draft that the words in the field are kept in already. */
  readonly inHand: PageId | undefined;
  readonly parked: boolean;
  readonly busy: boolean;
  readonly code: PageCode | undefined;
};

/** The field of the parking place: its words are on the disk before anybody puts them down, so that no lock takes them. */
export const useParking = (drafts: readonly AskedCard[]): Parking => {
  const journal = useJournal();
  const { clock } = useSurroundings();
  const task = useTask<PageCode>();
  const [inTurn] = useState(createQueue);
  const [title, setTitle] = useState("");
  const [parked, setParked] = useState(false);
  const [inHand, setInHand] = useState<PageId>();
  const draft = useRef<PageId>(undefined);
  const others = useRef(drafts);
  useEffect(() => {
    others.current = drafts;
  }, [drafts]);

  const hold = (id: PageId | undefined): void => {
    draft.current = id;
    setInHand(id);
  };
  const keep = useRef(async (words: string): Promise<Result<PageId, PageCode>> => {
    const kept = await parkQuestion(journal, words, draft.current ?? findBegun(others.current)?.id);
    if (kept.ok) hold(kept.value);
    return kept;
  });

  const unkept = useRef<string>(undefined);
  const keepNow = useRef((): void => {
    const words = unkept.current;
    unkept.current = undefined;
    if (words !== undefined) void inTurn(() => keep.current(words));
  });
  useEffect(() => {
    const words = title.trim();
    if (words === "" && draft.current === undefined) return undefined;
    unkept.current = words;
    return clock.after(keepAfter, keepNow.current);
  }, [clock, title]);
  useEffect(() => keepNow.current, []);

  return {
    title,
    change: (next) => {
      setTitle(next.slice(0, longestTitle));
      setParked(false);
    },
    park: () => {
      const words = title.trim();
      if (words === "") return;
      unkept.current = undefined;
      task.run(
        () => inTurn(() => keep.current(words)),
        () => {
          hold(undefined);
          setTitle("");
          setParked(true);
        },
      );
    },
    inHand,
    parked,
    busy: task.busy,
    code: task.code,
  };
};
