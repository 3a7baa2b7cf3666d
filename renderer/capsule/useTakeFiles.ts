import { useCallback, useEffect, useRef, useState } from "react";
import type { ChosenFile } from "../../shared/archive/archivedFile.ts";
import { useJournal } from "../ui/surroundings.ts";
import { shownWork } from "./shownWork.ts";
import { takeFiles, type Taken } from "./takeFiles.ts";

export type TakeStage =
  | { readonly at: "asking"; readonly nothing: boolean }
  /** `name`: undefined while it is not known yet what was chosen. */
  | {
      readonly at: "working";
      readonly name: string | undefined;
      readonly done: number;
      readonly all: number;
    }
  | { readonly at: "taken"; readonly taken: Taken };

export type TakeFiles = {
  readonly stage: TakeStage;
  /** `afterwards`: when none of them is read any more, however it ended. */
  readonly take: (
    files: Promise<readonly ChosenFile[]> | readonly ChosenFile[],
    afterwards?: () => void,
  ) => void;
  readonly stop: () => void;
};

/** Files from the partner. Leaving or locking ends it after what is whole. */
export const useTakeFiles = (): TakeFiles => {
  const { capsules } = useJournal();
  const [stage, setStage] = useState<TakeStage>({ at: "asking", nothing: false });
  const running = useRef<AbortController | undefined>(undefined);
  const stop = useCallback(() => running.current?.abort(), []);
  useEffect(
    () => () => {
      running.current?.abort();
      running.current = undefined;
    },
    [],
  );

  const take: TakeFiles["take"] = (chosen, afterwards) => {
    if (running.current !== undefined) return;
    const mine = new AbortController();
    running.current = mine;
    const show = (next: TakeStage): void => {
      if (running.current === mine) setStage(next);
    };
    const end = (next: TakeStage): void => {
      show(next);
      if (running.current === mine) running.current = undefined;
    };
    show({ at: "working", name: undefined, done: 0, all: 0 });
    void (async (): Promise<TakeStage> => {
      // A folder that was dropped may be gone before its files were listed.
      const found = await Promise.resolve(chosen).catch(() => []);
      const files = found.filter(isMeant).map(({ source }) => source);
      if (files.length === 0) return { at: "asking", nothing: !mine.signal.aborted };
      const taken = await takeFiles(capsules, files, ({ name }) => {
        show({ at: "working", name, done: 0, all: 0 });
        return shownWork(mine.signal, (done, all) => show({ at: "working", name, done, all }));
      });
      return { at: "taken", taken };
    })()
      .finally(afterwards)
      .catch((bug: unknown) => {
        end({ at: "asking", nothing: false });
        throw bug;
      })
      .then(end);
  };
  return { stage, take, stop };
};

/** A single file is what somebody meant, whatever a mail made of its name; of a folder, what is called so. */
const isMeant = ({ path }: ChosenFile): boolean => !path.includes("/") || path.endsWith(".twofold");
