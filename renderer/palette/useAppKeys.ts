import { useEffect, useRef, useState } from "react";
import { hasField } from "../ui/hasField.ts";
import { useSurroundings } from "../ui/surroundings.ts";
import { isModKey } from "./keyNames.ts";

export type OpenSheet = "palette" | "keys" | undefined;

/** Mod-K and `?`. Neither opens over another sheet: what that one asks is answered first. */
export const useAppKeys = () => {
  const { platform } = useSurroundings().bridge.shell;
  const [sheet, setSheet] = useState<OpenSheet>();
  const shown = useRef(sheet);
  useEffect(() => {
    shown.current = sheet;
  }, [sheet]);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return;
      if (isModKey(event, "k", platform)) {
        event.preventDefault();
        if (shown.current === "palette") setSheet(undefined);
        else if (!hasSheet()) setSheet("palette");
        return;
      }
      const asks = event.key === "?" && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (!asks || hasField() || hasSheet()) return;
      event.preventDefault();
      setSheet("keys");
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [platform]);
  return [sheet, setSheet] as const;
};

const hasSheet = (): boolean =>
  document.querySelector("[role=dialog], [role=alertdialog], select:focus") !== null;
