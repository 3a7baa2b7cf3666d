import { useCallback, useEffect, useRef, useState } from "react";
import { dayOf } from "../../shared/archive/savedNames.ts";
import type { CapsuleWriteCode } from "../../shared/journal/capsules.ts";
import { createBlobSink, download } from "../saving/blobSink.ts";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { shownWork } from "./shownWork.ts";

export type SendStage =
  | { readonly at: "asking"; readonly code: CapsuleWriteCode | "CLOSED" | undefined }
  | { readonly at: "working"; readonly done: number; readonly all: number }
  /** The system's own window asks where to put it. */
  | { readonly at: "placing" }
  /** `asked`: the person said where. */
  | { readonly at: "made"; readonly name: string; readonly asked: boolean };

export type SendFile = {
  readonly stage: SendStage;
  readonly make: (what: "new" | "all") => void;
  readonly stop: () => void;
  readonly startAgain: () => void;
};

const asking: SendStage = { at: "asking", code: undefined };

/** One file at a time. Stopping, leaving or locking ends it, and nothing of it is left. */
export const useSendFile = (): SendFile => {
  const { capsules } = useJournal();
  const { clock, bridge } = useSurroundings();
  const [stage, setStage] = useState<SendStage>(asking);
  const running = useRef<AbortController | undefined>(undefined);
  const stop = useCallback(() => running.current?.abort(), []);
  useEffect(
    () => () => {
      running.current?.abort();
      running.current = undefined;
    },
    [],
  );

  const make: SendFile["make"] = (what) => {
    if (running.current !== undefined) return;
    const mine = new AbortController();
    running.current = mine;
    setStage({ at: "working", done: 0, all: 0 });
    const name = `twofold-${dayOf(clock.now())}.twofold`;
    const sink = createBlobSink("application/octet-stream");
    const work = shownWork(mine.signal, (done, all) => {
      if (running.current === mine) setStage({ at: "working", done, all });
    });
    const end = (next: SendStage): void => {
      if (running.current !== mine) return;
      running.current = undefined;
      setStage(next);
    };
    void capsules
      .write(what, sink, work)
      .then((written) => {
        if (running.current !== mine) return;
        const blob = sink.blob();
        if (!written.ok) return end({ at: "asking", code: written.code });
        if (blob === undefined) throw new Error("a file that was finished is not there");
        setStage({ at: "placing" });
        return download(name, blob, bridge.documents).then((placed) => {
          if (placed === "closed") end({ at: "asking", code: "CLOSED" });
          else if (placed === "refused") end({ at: "asking", code: "DISK_FAILED" });
          else end({ at: "made", name, asked: placed === "saved" });
        });
      })
      .catch((bug: unknown) => {
        end(asking);
        throw bug;
      });
  };
  const startAgain = (): void => {
    running.current = undefined;
    setStage(asking);
  };
  return { stage, make, stop, startAgain };
};
