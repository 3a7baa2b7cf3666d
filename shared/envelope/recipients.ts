import { x25519PublicOf, type X25519Public } from "../crypto/keys.ts";
import type { DeviceId } from "../base/ids.ts";
import type { Recipient } from "./seal.ts";
import { authKey } from "./tags.ts";
import type { Rules, RuledDevice } from "./verify.ts";

type Me = Rules["me"];

/** Whom a message of mine is tagged for: every device in use but my own. Costs an X25519 each: keep the result. */
export const recipientsFor = (me: Me, devices: readonly RuledDevice[]): readonly Recipient[] =>
  devices
    .filter(({ device, cuts }) => device !== me.device && cuts === undefined)
    .flatMap(({ device, x25519 }) => recipientOf(me, device, x25519));

/** For what nobody else ever reads (my room, drafts): a message has at least one tag. */
export const onlyMyself = (me: Me): readonly Recipient[] =>
  recipientOf(me, me.device, x25519PublicOf(me.secret));

const recipientOf = (me: Me, device: DeviceId, x25519: X25519Public): readonly Recipient[] => {
  const key = authKey({ author: me.device, recipient: device }, me.secret, x25519);
  return key.ok ? [{ device, key: key.value }] : [];
};
