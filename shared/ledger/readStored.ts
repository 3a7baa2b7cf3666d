import type { Message } from "../envelope/message.ts";
import { openEnvelope, type HeldKey } from "../envelope/open.ts";
import type { CarriedNotebookKey } from "../envelope/envelope.ts";
import { createVerifier, type Rules } from "../envelope/verify.ts";
import type { OwnMarks } from "./ownMark.ts";
import type { Found } from "./replay.ts";

/** Reads what lies in the volumes of the carried ledger: one's own words, and the partner's. */
export type StoredReader = {
  /** Opened with the right notebook's key; who wrote it, only a tag or an own mark can say. */
  readonly open: (envelope: Uint8Array) => Message | undefined;
  readonly isOwn: (message: Message | undefined) => message is Message;
  /** One's own words on one's own disk carry no tag for oneself: the mark beside them vouches for them. */
  readonly vouched: (found: Found) => Message | undefined;
};

export const createStoredReader = (rules: Rules, ownMarks: OwnMarks): StoredReader => {
  const keys: readonly HeldKey<CarriedNotebookKey>[] = rules.notebooks.flatMap(
    ({ id, keys: all }) => all.map((key) => ({ notebook: id, key })),
  );
  const verify = createVerifier(rules);
  const open = (envelope: Uint8Array): Message | undefined => {
    const opened = openEnvelope(envelope, keys);
    return opened.ok && opened.value.message.header.notebook === opened.value.notebook
      ? opened.value.message
      : undefined;
  };
  const isOwn = (message: Message | undefined): message is Message =>
    message?.header.device === rules.me.device && message.header.space === rules.space;
  return {
    open,
    isOwn,
    vouched: ({ envelope, own }) => {
      const message = open(envelope);
      if (isOwn(message)) return ownMarks.holds(message.id, own) ? message : undefined;
      const verified = verify(envelope);
      return verified.ok && verified.value.message.header.device !== rules.me.device
        ? verified.value.message
        : undefined;
    },
  };
};
