import { noPage } from "../../base/ids.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import { clockTolerance, type LedgerMessage } from "../../ledger/book.ts";
import type { StoreCode } from "../../ledger/stores.ts";
import type { SharedShelf } from "../sharedShelf.ts";

/**
 * Body of a control message (kind 4) without a page: "I end this journal." It asks nothing of the reader's app and
 * does nothing there but be told (PROTOCOL §9): what a partner sends never deletes a word here.
 */
const lastMessageBody = Uint8Array.of(2);

/** Written once, however often it is asked for. */
export const writeLastMessage = async ({
  ledger,
  chains: { me, mine },
}: SharedShelf): Promise<Result<void, StoreCode>> => {
  const before = await readLastMessage({ ledger }, mine, [me]);
  if (before !== undefined) return accept(undefined);
  const written = await ledger.write({
    notebook: mine,
    kind: "control",
    page: noPage,
    body: lastMessageBody,
  });
  if (written.ok) return written;
  return refuse(written.code === "TOO_LARGE" ? "STORE_FAILED" : written.code);
};

/** By its writer's clock, ms. `doubtful`: that clock cannot have been right. */
export type LastMessage = { readonly time: number; readonly doubtful: boolean };

/**
 * The newest control message of one of these devices, if it is this one: whoever ends a journal writes no other after
 * it there. One message of each is read, however many there are.
 */
export const readLastMessage = async (
  { ledger }: Pick<SharedShelf, "ledger">,
  notebook: SharedShelf["chains"]["mine"],
  devices: readonly SharedShelf["chains"]["me"][],
): Promise<LastMessage | undefined> => {
  for (const device of devices) {
    const newest = await ledger.newestOf(notebook, device, "control");
    if (newest === undefined) continue;
    const { header, payload } = newest;
    if (isLastMessage({ kind: header.kind, ...payload }))
      return { time: header.time, doubtful: header.time > ledger.timeNow() + clockTolerance };
  }
  return undefined;
};

/** The same in what has just come. */
export const lastMessageAmong = (
  messages: readonly LedgerMessage[],
  { theirs, inUse }: Pick<SharedShelf["chains"], "theirs" | "inUse">,
): LastMessage | undefined =>
  messages.findLast(
    (message) =>
      message.notebook === theirs &&
      inUse.theirs.includes(message.device) &&
      isLastMessage(message),
  );

const isLastMessage = ({
  kind,
  page,
  body,
}: Pick<LedgerMessage, "kind" | "page" | "body">): boolean =>
  kind === "control" && page === noPage && body.length === 1 && body[0] === lastMessageBody[0];
