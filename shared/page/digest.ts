import type { LedgerMessage } from "../ledger/book.ts";
import type { MessageKind } from "../envelope/message.ts";
import type { PageMessage } from "./applyApart.ts";
import { latestTime } from "./day.ts";

/** Body of a control message (kind 4) that takes its page away: one byte. */
const removeBody = Uint8Array.of(1);

/** Which message kind an act on a page travels as. */
export const kindOfAct = (act: PageMessage["act"]): MessageKind =>
  act === "begin"
    ? "snapshot"
    : act === "change"
      ? "update"
      : act === "redact"
        ? "redaction"
        : "control";

export const bodyOfAct = (act: PageMessage["act"], body: Uint8Array): Uint8Array =>
  act === "remove" ? removeBody : body;

/** The messages that say something of a page; acks and the like are for others. */
export const pageMessages = (messages: readonly LedgerMessage[]): readonly PageMessage[] =>
  messages.flatMap((message) => {
    const act = actOf(message);
    const { device, notebook, page, doubtful, body } = message;
    const time = Math.min(message.time, latestTime);
    return act === undefined ? [] : [{ act, device, notebook, page, time, doubtful, body }];
  });

/** Of a shelf that never travels: the page is gone, and its words go off the disk. */
export const takesAway = (message: Pick<LedgerMessage, "kind" | "body">): boolean =>
  actOf(message) === "remove";

const actOf = ({
  kind,
  body,
}: Pick<LedgerMessage, "kind" | "body">): PageMessage["act"] | undefined => {
  if (kind === "snapshot") return "begin";
  if (kind === "update") return "change";
  if (kind === "redaction") return "redact";
  return kind === "control" && body.length === 1 && body[0] === removeBody[0]
    ? "remove"
    : undefined;
};
