import { newId, type DeviceId, type NotebookId } from "../../shared/base/ids.ts";
import { x25519Secret } from "../../shared/crypto/keys.ts";
import { genesisId } from "../../shared/envelope/message.ts";
import type { SeenHead } from "../../shared/envelope/payload.ts";
import { recipientsFor } from "../../shared/envelope/recipients.ts";
import { encodeRedaction } from "../../shared/envelope/redaction.ts";
import { composeMessage, sealMessage } from "../../shared/envelope/seal.ts";
import type { Rules } from "../../shared/envelope/verify.ts";
import { makeCouple, type Couple, type Me, type Notebook, type Written } from "./envelopeKit.ts";

/** Ada with the computer that is gone and the one in use; Ben with one. */
export type House = {
  readonly couple: Couple;
  readonly old: Me;
  readonly fresh: Me;
  readonly adas: Notebook;
  readonly rules: Required<Pick<Rules, "notebooks" | "person">>;
};

export const houseOf = (seed: string): House => {
  const couple = makeCouple(seed);
  const { random, ada: old, bens, ours } = couple;
  const fresh: Me = { device: newId(random), secret: x25519Secret(random(32)) };
  const adas = { ...couple.adas, writers: [old.device, fresh.device] };
  const person = (device: DeviceId): DeviceId => (device === fresh.device ? old.device : device);
  return { couple, old, fresh, adas, rules: { notebooks: [adas, bens, ours], person } };
};

/** The same in every notebook. */
export const cutsOfSeq = ({ couple }: House, seq: number): ReadonlyMap<NotebookId, number> =>
  new Map([couple.adas, couple.bens, couple.ours].map(({ id }) => [id, seq]));

/** The first message of its device in Ada's notebook: it withdraws these, which may be of another. */
export const redactionBy = (
  { couple, adas }: House,
  author: Me,
  of: readonly Written[],
  more: { readonly seen?: readonly SeenHead[]; readonly body?: Uint8Array } = {},
): Written => {
  const { random, space, roster } = couple;
  const [first] = of;
  const composed = composeMessage({
    header: {
      kind: "redaction",
      space,
      notebook: adas.id,
      device: author.device,
      seq: 1,
      time: 1_767_225_600_000,
      prev: genesisId(space, adas.id, author.device),
    },
    payload: {
      seen: more.seen ?? [],
      page: first?.message.payload.page ?? newId(random),
      body: more.body ?? encodeRedaction(of.map(({ message }) => message)),
    },
    salt: random(32),
    recipients: recipientsFor(author, roster),
  });
  const [key] = adas.keys;
  if (!composed.ok || key === undefined) throw new Error("the test wrote what cannot be sealed");
  return { message: composed.value, envelope: sealMessage(composed.value, key, random(24)) };
};
