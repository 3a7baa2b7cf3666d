import type { SpellingLanguage } from "../../shared/bridge/spelling.ts";
import type { Settings } from "../../shared/journal/journal.ts";

/** Undefined: nothing is checked. By the system: only where it speaks English, or every word would be marked. */
export const spellingLanguage = (
  chosen: Settings["spelling"],
  system: string,
): SpellingLanguage | undefined => {
  if (chosen === "off") return undefined;
  if (chosen !== "system") return chosen;
  if (/^en-(?:US|PH|PR|VI|GU|AS|UM)\b/i.test(system)) return "en-US";
  return /^en\b/i.test(system) ? "en-GB" : undefined;
};
