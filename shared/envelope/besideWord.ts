import type { DeviceId, NotebookId } from "../base/ids.ts";
import type { X25519Public, X25519Secret } from "../crypto/keys.ts";
import { decodeAck } from "./ack.ts";
import { chainName } from "./chain.ts";
import type { Message, MessageHeader } from "./message.ts";
import { authKey, tagHolds } from "./tags.ts";

/**
 * What one's own other computers in use vouch for. Whoever has not learned of this computer yet makes no tags for it;
 * another of mine has read theirs, and its acks say up to where. Live: it rises with every ack that is heard.
 *
 * Danger: only acks with a tag for this very computer, which nobody but the two can make. Could an ack count that was
 * itself vouched for, one forged number would let in anything.
 */
export type BesideWord = {
  /** One's own others in use. */
  readonly devices: ReadonlySet<DeviceId>;
  readonly vouches: (header: MessageHeader) => boolean;
  /** Any message may be handed in, before its turn too. */
  readonly hear: (message: Message) => void;
};

export const createBesideWord = (
  { device: me, secret }: { readonly device: DeviceId; readonly secret: X25519Secret },
  others: readonly { readonly device: DeviceId; readonly x25519: X25519Public }[],
): BesideWord => {
  const upTo = new Map<string, number>();
  const keys = new Map(
    others.flatMap(({ device, x25519 }) => {
      const key = authKey({ author: device, recipient: me }, secret, x25519);
      return key.ok ? [[device, key.value] as const] : [];
    }),
  );
  const isCertain = ({ id, header, tags }: Message): boolean => {
    const key = keys.get(header.device);
    return (
      key !== undefined &&
      tags.some(({ recipient, tag }) => recipient === me && tagHolds(key, id, tag))
    );
  };
  const raise = (notebook: NotebookId, device: DeviceId, seq: number): void => {
    const chain = chainName(notebook, device);
    upTo.set(chain, Math.max(seq, upTo.get(chain) ?? 0));
  };
  return {
    devices: new Set(others.map(({ device }) => device)),
    vouches: ({ notebook, device, seq }) =>
      device !== me && seq <= (upTo.get(chainName(notebook, device)) ?? 0),
    hear: (message) => {
      if (message.header.kind !== "ack" || !isCertain(message)) return;
      const heads = decodeAck(message.payload.body);
      if (heads.ok)
        for (const { notebook, device, seq } of heads.value) raise(notebook, device, seq);
    },
  };
};

/** Once a journal has ended nobody says anything any more; what they wrote stays one's own. */
export const silentWord = (others: readonly { readonly device: DeviceId }[]): BesideWord => ({
  devices: new Set(others.map(({ device }) => device)),
  vouches: () => false,
  hear: () => {},
});
