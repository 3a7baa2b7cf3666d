import { accept, refuse, type Result } from "../base/result.ts";
import type { Message } from "../envelope/message.ts";
import type { Book, Digest, Leaf } from "./book.ts";
import type { StoreCode } from "./stores.ts";

/** Writes one's own messages of a ledger: none is lost that has its place in the chain, and none takes another's. */
export type OwnWriting<Draft> = {
  /** After what was refused. All of them, of one notebook, in one transaction; where one is too large, none. */
  readonly write: (drafts: readonly Draft[]) => Promise<Result<void, StoreCode | "TOO_LARGE">>;
  /** The same for redactions, which are made within their bound: one that is too large is a bug. */
  readonly redact: (drafts: readonly Draft[]) => Promise<Result<void, StoreCode>>;
  /** What the disk refused before, and nothing else. */
  readonly settle: () => Promise<Result<void, StoreCode>>;
};

export type OwnWritingParts<Draft> = {
  readonly book: Book;
  readonly digest: Digest;
  /** Seals what comes after `previous`, or else after the newest in the chain. */
  readonly compose: (draft: Draft, previous: Message | undefined) => Result<Leaf, "TOO_LARGE">;
  /** Its envelope is on the disk: it has its place in the chain. */
  readonly chain: (message: Message) => void;
  /** They are in the book. */
  readonly onWritten?: (leaves: readonly Leaf[]) => void;
  /** Whether what was refused is given up instead of written: then the disk is certain not to have it. */
  readonly giveUp?: (refused: readonly Leaf[]) => Promise<Result<boolean, StoreCode>>;
  readonly onTrouble: (code: string) => void;
};

export const createOwnWriting = <Draft>(parts: OwnWritingParts<Draft>): OwnWriting<Draft> => {
  const { book, compose, onTrouble } = parts;
  /** Sealed and in their order, but refused by the disk: they go first, or nothing does. */
  let unsaved: readonly Leaf[] = [];

  const save = async (leaves: readonly Leaf[]): Promise<Result<void, StoreCode>> => {
    if (leaves.length === 0) return accept(undefined);
    const stored = await book.store(leaves);
    if (!stored.ok) {
      unsaved = leaves;
      onTrouble(stored.code);
      return stored;
    }
    unsaved = [];
    for (const { message } of leaves) parts.chain(message);
    const entered = await book.enter(
      { chained: leaves, forked: [], volumeOf: () => stored.value },
      parts.digest,
    );
    if (!entered.ok) onTrouble(entered.code);
    parts.onWritten?.(leaves);
    return accept(undefined);
  };

  const settle = async (): Promise<Result<void, StoreCode>> => {
    if (unsaved.length === 0) return accept(undefined);
    const givenUp = (await parts.giveUp?.(unsaved)) ?? accept(false);
    if (!givenUp.ok) return givenUp;
    if (!givenUp.value) return save(unsaved);
    unsaved = [];
    return accept(undefined);
  };

  const write: OwnWriting<Draft>["write"] = async (drafts) => {
    const before = await settle();
    if (!before.ok) return before;
    const leaves: Leaf[] = [];
    for (const draft of drafts) {
      const leaf = compose(draft, leaves.at(-1)?.message);
      if (!leaf.ok) return leaf;
      leaves.push(leaf.value);
    }
    return save(leaves);
  };

  return {
    write,
    redact: async (drafts) => {
      const written = await write(drafts);
      if (written.ok) return written;
      if (written.code !== "TOO_LARGE") return refuse(written.code, written.detail);
      throw new Error("a redaction within its bound that is too large");
    },
    settle,
  };
};
