import { useEffect, useState } from "react";
import { useWish } from "../wishes.tsx";

/**
 * Writing with nothing around: ui/alone.css hides what `data-writing="alone"` on the root tells it to. Mod-Shift-F
 * turns it on and off, Esc off; it never outlives its editor.
 */
export const useAlone = (): readonly [boolean, (alone: boolean) => void] => {
  const [alone, setAlone] = useState(false);
  useWish("alone", () => setAlone((before) => !before));
  useEffect(() => {
    if (!alone) return undefined;
    const { dataset } = document.documentElement;
    dataset["writing"] = "alone";
    return () => {
      delete dataset["writing"];
    };
  }, [alone]);
  useEffect(() => {
    // Not in the capture phase: a sheet over the page closes first, and a second Esc is Step out's (lock/useStepOutKeys.ts).
    const listen = (event: KeyboardEvent) => {
      // The editor itself takes every Esc for dealt with.
      const free = !event.defaultPrevented || isInWords(event.target);
      if (!free || event.isComposing || event.repeat) return;
      if (event.key === "Escape") return setAlone(false);
      if (!isAloneKey(event)) return;
      event.preventDefault();
      setAlone((before) => !before);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
  return [alone, setAlone];
};

const isInWords = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(".writing") !== null;

const isAloneKey = ({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean =>
  (ctrlKey || metaKey) && shiftKey && !altKey && key.toLowerCase() === "f";
