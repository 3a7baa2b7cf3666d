import { useCallback, useEffect, useRef, useState } from "react";
import {
  openArchive,
  type Archive,
  type ArchiveCode,
  type PreparePhoto,
} from "../../shared/archive/archive.ts";
import type { ChosenFile } from "../../shared/archive/archivedFile.ts";
import { createNotes, type LeftOut } from "../../shared/archive/leftOut.ts";
import type { PageId } from "../../shared/base/ids.ts";
import type { BookCode, EntryBook } from "../../shared/journal/entryBook.ts";
import { useSurroundings } from "../ui/surroundings.ts";

export type Done = { readonly done: number; readonly all: number };

export type BroughtIn = {
  readonly pages: readonly PageId[];
  readonly known: number;
  readonly cancelled: boolean;
  readonly leftOut: readonly LeftOut[];
};

export type Stage =
  | { readonly at: "choosing"; readonly code: ArchiveCode | undefined }
  | { readonly at: "reading"; readonly so: Done }
  | { readonly at: "looking"; readonly archive: Archive; readonly code: BookCode | undefined }
  | { readonly at: "bringing"; readonly so: Done }
  | { readonly at: "brought"; readonly result: BroughtIn; readonly code: BookCode | undefined }
  | { readonly at: "undoing"; readonly result: BroughtIn; readonly so: Done }
  | { readonly at: "undone" };

export type BringIn = {
  readonly stage: Stage;
  readonly choose: (files: Promise<readonly ChosenFile[]> | readonly ChosenFile[]) => void;
  readonly bring: () => void;
  readonly undo: () => void;
  /** What runs ends as soon as it is safe. */
  readonly stop: () => void;
  readonly startAgain: () => void;
};

const choosing: Stage = { at: "choosing", code: undefined };

/** Choose, look, bring in. Nothing changes before `bring`; leaving the screen stops what runs. */
export const useBringIn = (
  book: EntryBook,
  preparePhoto: PreparePhoto | undefined,
  onWorking: (working: boolean) => void,
): BringIn => {
  const { clock } = useSurroundings();
  const [stage, setStage] = useState<Stage>(choosing);
  /** Of what runs now; another object once it is stopped or left. */
  const running = useRef<{ stopped: boolean }>({ stopped: false });
  useEffect(
    () => () => {
      running.current.stopped = true;
    },
    [],
  );

  const begin = useCallback(() => {
    running.current.stopped = true;
    const mine = { stopped: false };
    running.current = mine;
    return mine;
  }, []);

  const choose: BringIn["choose"] = (files) => {
    const mine = begin();
    setStage({ at: "reading", so: { done: 0, all: 0 } });
    onWorking(true);
    void (async () => {
      // A folder that was dropped may be gone before its files were listed.
      const chosen = await Promise.resolve(files).catch(() => undefined);
      if (chosen === undefined) return "FILE_GONE" as const;
      if (chosen.length === 0) return "NOTHING_HERE" as const;
      return openArchive(chosen, clock, {
        cancelled: () => mine.stopped,
        progress: (done, all) => {
          if (!mine.stopped) setStage({ at: "reading", so: { done, all } });
        },
      });
    })()
      .catch((bug: unknown) => {
        if (running.current === mine) setStage(choosing);
        throw bug;
      })
      .then((opened) => {
        if (running.current !== mine) return;
        onWorking(false);
        if (typeof opened === "string") setStage({ at: "choosing", code: opened });
        else if (opened.ok) setStage({ at: "looking", archive: opened.value, code: undefined });
        else
          setStage({ at: "choosing", code: opened.code === "CANCELLED" ? undefined : opened.code });
      });
  };

  const bring = (): void => {
    if (stage.at !== "looking") return;
    const { archive } = stage;
    const mine = begin();
    const all = archive.preview.entries;
    const notes = createNotes(archive.before);
    setStage({ at: "bringing", so: { done: 0, all } });
    onWorking(true);
    void book
      .takeIn(archive.entries({ prepare: preparePhoto, notes }), {
        cancelled: () => mine.stopped,
        progress: (done) => {
          if (running.current === mine) setStage({ at: "bringing", so: { done, all } });
        },
      })
      .then((taken) => {
        if (running.current !== mine) return;
        onWorking(false);
        if (taken.ok)
          setStage({
            at: "brought",
            result: { ...taken.value, leftOut: notes.list() },
            code: undefined,
          });
        else setStage({ at: "looking", archive, code: taken.code });
      });
  };

  const undo = (): void => {
    if (stage.at !== "brought") return;
    const { result } = stage;
    const all = result.pages.length;
    const mine = begin();
    onWorking(true);
    setStage({ at: "undoing", result, so: { done: 0, all } });
    void (async () => {
      for (const [index, page] of result.pages.entries()) {
        if (mine.stopped) return undefined;
        const put = await book.putInTrash(page);
        // Shared or put away meanwhile: it is not what was brought in any more.
        if (!put.ok && !["NO_PAGE", "NOT_YOURS", "BEING_SHARED"].includes(put.code))
          return put.code;
        if (index % 16 === 0 && !mine.stopped)
          setStage({ at: "undoing", result, so: { done: index, all } });
      }
      return undefined;
    })().then((code) => {
      if (running.current !== mine) return;
      onWorking(false);
      if (code !== undefined || mine.stopped) setStage({ at: "brought", result, code });
      else setStage({ at: "undone" });
    });
  };

  return {
    stage,
    choose,
    bring,
    undo,
    stop: () => {
      running.current.stopped = true;
    },
    startAgain: () => {
      running.current.stopped = true;
      running.current = { stopped: true };
      setStage(choosing);
    },
  };
};
