import type { DeviceId, MessageId, NotebookId, SpaceId } from "../base/ids.ts";
import { nextPlace, type Chains } from "../envelope/chain.ts";
import type { Message } from "../envelope/message.ts";
import { openEnvelope } from "../envelope/open.ts";
import type { NotebookKey } from "../envelope/envelope.ts";
import { tagHolds, type AuthKey } from "../envelope/tags.ts";

/** Of one kept ledger. All of it follows from the master key of its tree (PROTOCOL §2). */
export type KeptKeys = {
  readonly space: SpaceId;
  readonly notebook: NotebookId;
  readonly device: DeviceId;
  readonly notebookKey: NotebookKey;
  /** A message has at least one tag; what nobody else reads is tagged for its own device. */
  readonly ownTag: AuthKey;
};

export const nextOwnPlace = (
  chains: Chains,
  { space, notebook, device }: KeptKeys,
): { readonly seq: number; readonly prev: MessageId } =>
  nextPlace(chains.headOf(notebook, device), space, notebook, device);

/** Undefined for whatever this ledger's own hand has not written. */
export const readOwn = (envelope: Uint8Array, keys: KeptKeys): Message | undefined => {
  const opened = openEnvelope(envelope, [{ notebook: keys.notebook, key: keys.notebookKey }]);
  if (!opened.ok) return undefined;
  const { message } = opened.value;
  const { header, tags } = message;
  const own = tags.find(({ recipient }) => recipient === keys.device);
  const mine =
    header.space === keys.space &&
    header.notebook === keys.notebook &&
    header.device === keys.device;
  return mine && own !== undefined && tagHolds(keys.ownTag, message.id, own.tag)
    ? message
    : undefined;
};
