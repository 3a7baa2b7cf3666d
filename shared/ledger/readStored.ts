import type { Result } from "../base/result.ts";
import type { CarriedNotebookKey } from "../envelope/envelope.ts";
import type { Message } from "../envelope/message.ts";
import { openEnvelope, type HeldKey } from "../envelope/open.ts";
import {
  createVerifier,
  type Rules,
  type VerifiedMessage,
  type VerifyCode,
} from "../envelope/verify.ts";
import type { OwnMarks } from "./ownMark.ts";
import type { Found } from "./replay.ts";

/** Reads what lies in the volumes of the carried ledger: one's own words, and the partner's. */
export type StoredReader = {
  /** Opened with the right notebook's key; who wrote it, only a tag or a mark can say. */
  readonly open: (envelope: Uint8Array) => Message | undefined;
  /**
   * By a tag, or by the mark beside it: nothing else counts that lies on this disk. NO_TAG where there is neither.
   */
  readonly verify: (found: Found) => Result<VerifiedMessage, VerifyCode>;
};

export const createStoredReader = (rules: Rules, ownMarks: OwnMarks): StoredReader => {
  const keys: readonly HeldKey<CarriedNotebookKey>[] = rules.notebooks.flatMap(
    ({ id, keys: all }) => all.map((key) => ({ notebook: id, key })),
  );
  const verify = createVerifier(rules);
  return {
    open: (envelope) => {
      const opened = openEnvelope(envelope, keys);
      return opened.ok && opened.value.message.header.notebook === opened.value.notebook
        ? opened.value.message
        : undefined;
    },
    verify: ({ envelope, own }) => verify(envelope, ({ id }) => ownMarks.read(id, own)),
  };
};
