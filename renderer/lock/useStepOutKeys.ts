import { useEffect } from "react";
import { useSurroundings } from "../ui/surroundings.ts";
import { createDoubleEscape } from "./doubleEscape.ts";

/** Esc Esc, heard before any dialog or editor sees it. */
export const useStepOutKeys = (onStepOut: () => void): void => {
  const { clock } = useSurroundings();
  useEffect(() => {
    const isDouble = createDoubleEscape(clock);
    const listen = (event: KeyboardEvent) => {
      if (isDouble(event)) onStepOut();
    };
    window.addEventListener("keydown", listen, { capture: true });
    return () => window.removeEventListener("keydown", listen, { capture: true });
  }, [clock, onStepOut]);
};
