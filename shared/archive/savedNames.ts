import { utf8 } from "../base/bytes.ts";
import { writeMoment } from "./moments.ts";

/** Names that no system refuses and that differ also where capitals do not count. */
export type SavedNames = {
  /** Without its ending. */
  readonly entry: (entry: { readonly aboutAt: number; readonly title: string }) => string;
};

export const createSavedNames = (): SavedNames => {
  const taken = new Set<string>();
  return {
    entry: ({ aboutAt, title }) => {
      const name = [dayOf(aboutAt), safeName(title)].filter((part) => part !== "").join(" ");
      for (let number = 1; ; number++) {
        const tried = number === 1 ? name : `${name} (${number})`;
        if (taken.has(tried.toLowerCase())) continue;
        taken.add(tried.toLowerCase());
        return tried;
      }
    },
  };
};

/** "2026-03-04", on this computer's calendar. */
export const dayOf = (at: number): string => writeMoment(at).split("T")[0] ?? "";

/** Of anything a person wrote; empty where nothing is left of it. */
export const safeName = (text: string): string => {
  const plain = text
    .normalize("NFC")
    .replaceAll(/[<>:"/\\|?*\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, " ")
    // What turns the direction of a line would show another ending than the file has.
    .replaceAll(/(?!\u{200d})\p{Cf}/gu, "")
    .replaceAll(/\s+/g, " ");
  const name = shortened(plain.trim()).replaceAll(
    /^(?:[\s.~-]|\u{200d})+|(?:[\s.]|\u{200d})+$/gu,
    "",
  );
  return keptByWindows.test(name) ? `${name.replace(/\..*$/, "")}_` : name;
};

const keptByWindows = /^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])\s*(?:\.|$)/i;

/** Letters, and bytes: with folders around them, names stay below what the oldest systems can open. */
const mostLetters = 60;
const mostBytes = 120;

const shortened = (text: string): string => {
  let bytes = 0;
  let kept = "";
  for (const letter of [...text].slice(0, mostLetters)) {
    bytes += utf8(letter).length;
    if (bytes > mostBytes) break;
    kept += letter;
  }
  return kept;
};
