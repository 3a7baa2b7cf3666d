import type { PageId } from "../base/ids.ts";
import { entryFor } from "../envelope/chain.ts";
import { redactionOf } from "../envelope/redaction.ts";
import { standInEntry } from "../envelope/standIns.ts";
import type { Message } from "../envelope/message.ts";
import type { Book, Digest, Entering, Leaf, LedgerMessage } from "./book.ts";
import { createSurvey, fillHoles, ownHoles } from "./holes.ts";
import { nextOwnPlace, readOwn, type KeptKeys } from "./ownChain.ts";
import type { Replaying } from "./replay.ts";

export type KeptTakingInParts = {
  readonly keys: KeptKeys;
  readonly book: Book;
  readonly digest: Digest;
  readonly takesAway: (message: Pick<LedgerMessage, "kind" | "body">) => boolean;
  readonly onTrouble: (code: string) => void;
};

/**
 * Replays into a kept ledger's chain and book. Of a page that was taken away some envelopes may have left and others not yet: nothing of it is digested but that
 * it is gone, so that no half of it is ever shown.
 */
export const createKeptTakingIn = (parts: KeptTakingInParts): Replaying => {
  const { keys, book, onTrouble } = parts;
  const gone = new Set<PageId>();
  const isEnd = (kind: Message["header"]["kind"], body: Uint8Array): boolean =>
    kind === "redaction" || parts.takesAway({ kind, body });
  const survey = createSurvey(({ envelope }) => {
    const message = readOwn(envelope, keys);
    if (message === undefined) return undefined;
    const { kind } = message.header;
    const valid = kind !== "redaction" || redactionOf(message).ok;
    if (valid && isEnd(kind, message.payload.body)) gone.add(message.payload.page);
    return { message, vouched: false };
  });
  let nextHole = ownHoles([]);

  const follow = (leaves: readonly Leaf[]): Entering["chained"] =>
    leaves.flatMap((leaf): Entering["chained"][number][] => {
      const { header } = leaf.message;
      const next = () => nextOwnPlace(book.chains, keys);
      const filled = fillHoles(
        header.seq,
        next,
        (seq) => nextHole(keys.notebook, seq),
        (standIn) => book.chains.append(standInEntry(standIn)),
      );
      const { seq, prev } = next();
      if (header.seq !== seq || header.prev !== prev) return [...filled];
      book.chains.append(entryFor(leaf.message));
      return [...filled, leaf];
    });

  return {
    survey: survey.note,
    surveyed: () => {
      nextHole = ownHoles(survey.standIns());
    },
    replay: (found, volume) => {
      const leaves = found
        .map(({ key, envelope }) => ({ key, envelope, message: readOwn(envelope, keys) }))
        .filter((leaf): leaf is Leaf => leaf.message !== undefined)
        .toSorted((one, other) => one.message.header.seq - other.message.header.seq);
      const chained = follow(leaves);
      const followed = chained.filter((one) => "message" in one).length;
      if (followed < found.length) onTrouble("OWN_CHAIN_BROKEN");
      return book.enter({ chained, forked: [], volumeOf: () => volume }, (messages) =>
        parts.digest(
          messages.filter(({ page, kind, body }) => !gone.has(page) || isEnd(kind, body)),
        ),
      );
    },
  };
};
