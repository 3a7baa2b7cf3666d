import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { Bridge } from "../../shared/bridge/bridge.ts";
import type { Door, Journal } from "../../shared/journal/journal.ts";
import type { DoorTrouble } from "../../shared/journal/doorCodes.ts";
import { comesAway, leaveAddress } from "../lock/away.ts";
import type { GoAnew } from "../lock/goAnew.ts";
import { neutralTitle, ownTitle } from "./titles.ts";

/** Where the whole app stands. `away`: stepped out, a blank sheet. */
export type Stage =
  | { readonly at: "looking"; readonly locking: boolean }
  | { readonly at: "new" }
  | { readonly at: "locked"; readonly waitUntil: number }
  | { readonly at: "damaged"; readonly code: DoorTrouble }
  | { readonly at: "open"; readonly journal: Journal }
  | { readonly at: "away" };

type StageParts = {
  readonly door: Door;
  readonly bridge: Bridge;
  readonly now: () => number;
  readonly goAnew: GoAnew;
};

export const useStage = ({ door, bridge, now, goAnew }: StageParts) => {
  const [stage, setStage] = useState<Stage>(() =>
    comesAway() ? { at: "away" } : { at: "looking", locking: false },
  );
  const current = useRef(stage);
  // Before anything that waited for a key can go on: a step out counts from its own moment.
  useLayoutEffect(() => {
    current.current = stage;
  }, [stage]);
  const journal = useRef<Journal | undefined>(undefined);
  const locking = useRef<Promise<void>>(Promise.resolve());

  const lockUp = useCallback(
    (opened: Journal): void => {
      goAnew.opened();
      locking.current = opened.lock().catch(goAnew.notLocked);
    },
    [goAnew],
  );

  const forget = useCallback((): Promise<void> => {
    const opened = journal.current;
    journal.current = undefined;
    if (opened !== undefined) lockUp(opened);
    return locking.current;
  }, [lockUp]);

  /** Once it is locked the page goes too, and comes back as what is on the screen then. */
  const leaveMemory = useCallback(async (): Promise<void> => {
    await locking.current;
    if (journal.current === undefined) await goAnew.go(() => current.current.at === "away");
  }, [goAnew]);

  /** Looks again once everything is locked; a stage that changed meanwhile stays as it is. */
  const look = useCallback(async () => {
    const isOpen = journal.current !== undefined;
    const show = () => setStage({ at: "looking", locking: isOpen });
    // The screen goes first: what was typed a moment ago is handed over while the journal still takes it.
    if (isOpen) flushSync(show);
    else show();
    await forget();
    await leaveMemory();
    const view = await door.look();
    setStage((stands) => {
      if (stands.at !== "looking") return stands;
      if (view.state === "new") return { at: "new" };
      if (view.state === "damaged") return { at: "damaged", code: view.code };
      return { at: "locked", waitUntil: now() + view.waitMs };
    });
  }, [door, forget, leaveMemory, now]);

  useEffect(() => {
    if (current.current.at !== "away") void look();
  }, [look]);

  /**
   * Remembers what has to be locked. Unlocking takes a while: whoever stepped out meanwhile finds the journal
   * locked again, not open. Says whether it is held.
   */
  const hold = useCallback(
    (opened: Journal): boolean => {
      const { at } = current.current;
      const wanted = at !== "away" && at !== "looking";
      if (wanted) {
        journal.current = opened;
        return true;
      }
      lockUp(opened);
      void leaveMemory();
      return false;
    },
    [leaveMemory, lockUp],
  );

  const enter = useCallback(
    (opened: Journal) => {
      if (hold(opened)) setStage({ at: "open", journal: opened });
    },
    [hold],
  );

  /**
   * The first run is left alone: locking it would take away recovery words that nobody has written down yet,
   * and there is nothing to read. Stepping out of it locks.
   */
  const lock = useCallback(async (): Promise<void> => {
    if (current.current.at !== "open") return locking.current;
    leaveAddress();
    void look();
    return locking.current;
  }, [look]);

  /** The screen goes first and at once; sealing and locking follow. Nothing is erased. */
  const stepOut = useCallback(() => {
    flushSync(() => setStage({ at: "away" }));
    document.title = neutralTitle;
    leaveAddress();
    void bridge.window.hide();
    void forget();
    void leaveMemory();
  }, [bridge, forget, leaveMemory]);

  const comeBack = useCallback(() => {
    document.title = ownTitle;
    leaveAddress({ back: true });
    void look();
  }, [look]);

  const moveLockWait = useCallback(
    (waitUntil: number) =>
      setStage((stands) => (stands.at === "locked" ? { at: "locked", waitUntil } : stands)),
    [],
  );

  return { stage, look, hold, enter, lock, stepOut, comeBack, moveLockWait };
};
