import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** One letter put in, or one taken out, at this place. */
export type Edit = {
  readonly at: number;
  readonly letter: string | undefined;
  /** Two seconds or more passed before it: what was written until then is sealed. */
  readonly afterPause: boolean;
};

/** 259,778 edits of a real text (README.md). */
export const readTrace = (): readonly Edit[] => {
  const bytes = gunzipSync(readFileSync(join(import.meta.dirname, "paper.bin.gz")));
  const edits: Edit[] = [];
  let read = 0;
  let stands = 0;
  const number = (): number => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = bytes[read++] ?? 0;
      value += (byte % 128) * shift;
      if (byte < 128) return value;
    }
  };
  while (read < bytes.length) {
    const said = number();
    const far = Math.floor(said / 4);
    const at = stands + (far % 2 === 0 ? far / 2 : -(far + 1) / 2);
    const takesOut = Math.floor(said / 2) % 2 === 1;
    const letter = takesOut ? undefined : String.fromCharCode(bytes[read++] ?? 0);
    edits.push({ at, letter, afterPause: said % 2 === 1 });
    stands = takesOut ? at : at + 1;
  }
  return edits;
};
