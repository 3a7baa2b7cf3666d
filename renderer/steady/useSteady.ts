import { useCallback, useEffect, useMemo, useState } from "react";
import type { Clock } from "../../shared/base/clock.ts";
import type { Platform } from "../palette/keyNames.ts";
import { isModKey } from "../palette/keyNames.ts";
import { createSteadyHold } from "./steadyHold.ts";

export type SteadyState = {
  readonly isOpen: boolean;
  readonly show: () => void;
  readonly close: () => void;
  /** Resolves when nobody is steadying themselves, or after a while all the same (steadyHold.ts). */
  readonly over: () => Promise<void>;
};

export const useSteady = (clock: Clock, platform: Platform): SteadyState => {
  const [isOpen, setOpen] = useState(false);
  const hold = useMemo(() => createSteadyHold(clock), [clock]);
  const show = useCallback(() => {
    hold.begin();
    setOpen(true);
  }, [hold]);
  const close = useCallback(() => {
    hold.end();
    setOpen(false);
  }, [hold]);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.isComposing || event.repeat || !isModKey(event, ".", platform)) return;
      event.preventDefault();
      show();
    };
    // Before any sheet or editor has it.
    window.addEventListener("keydown", listen, { capture: true });
    return () => window.removeEventListener("keydown", listen, { capture: true });
  }, [platform, show]);
  return { isOpen, show, close, over: hold.over };
};
