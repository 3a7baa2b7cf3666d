import { createCell, type Live } from "../../base/live.ts";
import { createQueue } from "../../base/queue.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import type { StoreCode } from "../../ledger/stores.ts";
import type { KeyringContent } from "../../people/keyringContent.ts";

/** The keyring as it is now. A change counts only once it is sealed and on the disk. */
export type KeyringKeeper = {
  readonly content: Live<KeyringContent>;
  readonly change: (
    next: (now: KeyringContent) => KeyringContent,
  ) => Promise<Result<void, StoreCode>>;
  /** Waits for what is being saved and takes no more. Before the keys are wiped: wiped ones must never be saved. */
  readonly close: () => Promise<void>;
};

export const createKeyringKeeper = (
  first: KeyringContent,
  save: (content: KeyringContent) => Promise<Result<void, StoreCode>>,
): KeyringKeeper => {
  const content = createCell(first);
  const queue = createQueue();
  let closed = false;
  return {
    content,
    change: (next) =>
      queue(async () => {
        if (closed) return refuse("STORE_CLOSED");
        const changed = next(content.read());
        const saved = await save(changed);
        if (!saved.ok) return saved;
        content.set(changed);
        return accept(undefined);
      }),
    close: () =>
      queue(async () => {
        closed = true;
      }),
  };
};
