import type { DeviceId } from "../base/ids.ts";
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

/**
 * The messages that say something of a page; acks and the like are for others. A page belongs to a person, who may
 * have had several computers: `person` gives for each device the one that this person's pages bear the name of.
 */
export const pageMessages = (
  messages: readonly LedgerMessage[],
  person: (device: DeviceId) => DeviceId = (device) => device,
): readonly PageMessage[] =>
  messages.flatMap((message) => {
    const act = actOf(message);
    if (act === undefined) return [];
    const { notebook, page, doubtful, body, cameBack } = message;
    const time = Math.min(message.time, latestTime);
    const device = person(message.device);
    return [{ act, device, notebook, page, time, doubtful, body, cameBack }];
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
