import { type RefObject, useEffect } from "react";
import { hasField } from "./hasField.ts";

/** `/` goes to the field, unless somebody is typing, choosing from a list or in a sheet above it. */
export const useSlashKey = (field: RefObject<HTMLElement | null>): void => {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (hasField() || document.activeElement?.matches("select") === true) return;
      if (document.querySelector("[role=dialog], [role=alertdialog]") !== null) return;
      event.preventDefault();
      field.current?.focus();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [field]);
};
