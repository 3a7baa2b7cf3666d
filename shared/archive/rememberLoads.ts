import type { Piece } from "../page/pieces.ts";
import type { DraftEntry, EntrySource } from "./draftEntry.ts";
import type { LeftOutCode } from "./leftOut.ts";

/** Letters of all entries that are kept between looking and bringing in; some years of a diary. */
const mostLetters = 16_000_000;

type Loaded = Awaited<ReturnType<EntrySource["load"]>>;
type Kept = { readonly loaded: Loaded; readonly said: readonly (readonly [LeftOutCode, string])[] };

/**
 * Reading Markdown is most of the work: what was looked at is not read a second time to bring it in, and it comes as
 * it was seen. Beyond so many letters each entry is read anew. What could not be read is tried again.
 */
export const rememberLoads = (sources: readonly EntrySource[]): readonly EntrySource[] => {
  let letters = 0;
  return sources.map(({ where, load }) => {
    let kept: Kept | undefined;
    return {
      where,
      load: async (notes) => {
        if (kept !== undefined) {
          for (const [code, at] of kept.said) notes.add(code, at);
          return kept.loaded;
        }
        const said: (readonly [LeftOutCode, string])[] = [];
        const loaded = await load({
          add: (code, at) => {
            said.push([code, at]);
            notes.add(code, at);
          },
          list: notes.list,
        });
        if (loaded.ok && letters < mostLetters) {
          letters += lettersOf(loaded.value);
          kept = { loaded, said };
        }
        return loaded;
      },
    };
  });
};

/** What stands beside the letters counts as some more of them. */
const lettersOf = ({ parts }: DraftEntry): number =>
  parts.reduce((sum, part) => sum + (part.kind === "piece" ? countIn(part.piece) : 20), 20);

const countIn = (piece: Piece): number => {
  if (piece.kind === "words") return 20 + piece.text.length;
  if (!("inside" in piece)) return 20;
  return piece.inside.reduce((sum, part) => sum + countIn(part), 20);
};
