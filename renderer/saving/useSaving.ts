import { useCallback, useEffect, useRef, useState } from "react";
import type { SavingCode } from "../../shared/archive/saveEntries.ts";
import type { DocumentsCode } from "../../shared/bridge/documents.ts";
import { useKeepsOpen } from "../ui/keepsOpen.ts";
import type { SaveAs, SavedResult } from "./saveAs.ts";

export type SavingStage =
  | { readonly at: "asking"; readonly code: SavingCode | DocumentsCode | undefined }
  | { readonly at: "working"; readonly done: number; readonly all: number }
  | { readonly at: "done"; readonly result: SavedResult };

export type UseSaving = {
  readonly stage: SavingStage;
  readonly start: (asked: Omit<SaveAs, "work" | "stop">) => void;
  readonly stop: () => void;
  /** As if nothing had been asked yet. */
  readonly forget: () => void;
};

const asking: SavingStage = { at: "asking", code: undefined };

/** One file at a time. Stopping, leaving or locking ends it, and nothing of it is left. */
export const useSaving = (): UseSaving => {
  const [stage, setStage] = useState<SavingStage>(asking);
  const running = useRef<AbortController | undefined>(undefined);
  const keepOpen = useKeepsOpen();
  const working = stage.at === "working";
  useEffect(() => {
    if (!working) return undefined;
    keepOpen(true);
    return () => keepOpen(false);
  }, [working, keepOpen]);
  const stop = useCallback(() => running.current?.abort(), []);
  useEffect(() => stop, [stop]);

  const start = useCallback<UseSaving["start"]>((asked) => {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    const show = (next: SavingStage): void => {
      if (running.current === mine) setStage(next);
    };
    show({ at: "working", done: 0, all: asked.cards.length });
    let shown = -1;
    const work = {
      cancelled: () => mine.signal.aborted,
      progress: (done: number, all: number) => {
        const part = Math.floor((done * 100) / Math.max(all, 1));
        if (mine.signal.aborted || part === shown) return;
        shown = part;
        show({ at: "working", done, all });
      },
    };
    void import("./saveAs.ts")
      .then(({ saveAs }) => saveAs({ ...asked, work, stop: mine.signal }))
      .then((saved) => {
        if (saved.ok) show({ at: "done", result: saved.value });
        else show({ at: "asking", code: saved.code === "CANCELLED" ? undefined : saved.code });
      });
  }, []);

  const forget = useCallback(() => {
    running.current?.abort();
    running.current = undefined;
    setStage(asking);
  }, []);
  return { stage, start, stop, forget };
};
