import { useEffect } from "react";
import { useSurroundings } from "../ui/surroundings.ts";
import { createIdleTimer } from "./idleTimer.ts";

const signsOfLife = ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"] as const;

/** Locks after `minutes` without a key or a movement. `held`: not now (pairing waits for the other side). */
export const useAutoLock = (minutes: number, held: boolean, onLock: () => void): void => {
  const { clock } = useSurroundings();
  useEffect(() => {
    if (held) return undefined;
    const timer = createIdleTimer(clock, minutes * 60_000, onLock);
    for (const sign of signsOfLife)
      window.addEventListener(sign, timer.touch, { capture: true, passive: true });
    document.addEventListener("visibilitychange", timer.check);
    return () => {
      timer.dispose();
      for (const sign of signsOfLife)
        window.removeEventListener(sign, timer.touch, { capture: true });
      document.removeEventListener("visibilitychange", timer.check);
    };
  }, [clock, minutes, held, onLock]);
};
