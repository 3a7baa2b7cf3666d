import type { DeviceId, NotebookId } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { createBesideWord, silentWord } from "../envelope/besideWord.ts";
import { carriedNotebookKey, type CarriedNotebookKey } from "../envelope/envelope.ts";
import { recipientsFor } from "../envelope/recipients.ts";
import { authKey } from "../envelope/tags.ts";
import type { FormerSelf, RuledDevice, RuledNotebook, Rules } from "../envelope/verify.ts";
import type { CarriedParts } from "../ledger/carriedLedger.ts";
import type { Certificate } from "../people/certificate.ts";
import type { PersonKeys } from "../people/person.ts";
import type { Owner } from "../people/roster.ts";
import type { Couple, GoneDevice, NamedBeside, NotebookSecret } from "../people/space.ts";

/** A couple, as far as reading and writing go; or what is left of one whose journal has ended. */
export type ShelvedCouple =
  | Couple
  | {
      readonly space: Couple["space"];
      readonly notebooks: {
        readonly mine: NotebookSecret;
        readonly ours: NotebookSecret;
        readonly theirs: { readonly id: NotebookId; readonly key: CarriedNotebookKey | undefined };
      };
      readonly before?:
        | {
            readonly keys: readonly {
              readonly mine: CarriedNotebookKey;
              readonly ours: CarriedNotebookKey;
              readonly theirs: CarriedNotebookKey | undefined;
            }[];
            readonly devices: readonly Pick<GoneDevice, "owner" | "device">[];
          }
        | undefined;
      readonly beside?: readonly NamedBeside[] | undefined;
      /**
       * The tags of these messages were checked while there was a key to do it with. Of all of the partner's devices,
       * the oldest of those that were in use comes last.
       */
      readonly past: NonNullable<Rules["past"]>;
    };

type Hand = {
  readonly partner: DeviceId;
  readonly recipients: CarriedParts["recipients"];
  readonly rules: Pick<Rules, "roster" | "selves" | "beside" | "past">;
};

/** How the words of either are told from anybody else's. */
export const handOf = (
  couple: ShelvedCouple,
  me: DeviceId,
  keys: PersonKeys,
): Result<Hand, "BAD_ROSTER"> => {
  if ("past" in couple) {
    const selves = (couple.before?.devices ?? [])
      .filter(({ owner }) => owner === "me")
      .map(({ device }) => ({ device, secret: undefined }));
    return accept({
      partner: couple.past.devices.at(-1) ?? me,
      recipients: [],
      rules: { roster: [], selves, beside: silentWord(othersOfMine(couple)), past: couple.past },
    });
  }
  const { device, x25519 } = couple.partner.certificate;
  const self = { device: me, secret: keys.x25519 };
  if (!authKey({ author: me, recipient: device }, keys.x25519, x25519).ok)
    return refuse("BAD_ROSTER");
  const inUse = [
    couple.partner.certificate,
    ...(couple.beside ?? []).map(({ certificate }) => certificate),
  ].map((one) => ruledInUse(couple, one));
  const others = othersOfMine(couple);
  return accept({
    partner: device,
    recipients: recipientsFor(self, inUse),
    rules: {
      roster: [...goneOf(couple), ...inUse],
      selves: selvesOf(couple),
      beside: others.length === 0 ? undefined : createBesideWord(self, others),
    },
  });
};

const othersOfMine = <Named>({
  beside = [],
}: {
  readonly beside?: readonly { readonly owner: Owner; readonly certificate: Named }[] | undefined;
}): readonly Named[] =>
  beside.flatMap(({ owner, certificate }) => (owner === "me" ? [certificate] : []));

const ruledInUse = (couple: Couple, { device, x25519 }: Certificate): RuledDevice => ({
  ...{ device, x25519 },
  vouched: vouchedOf(couple, device),
});

/** Of my own, all counts that lies within the cut: whoever held the journal vouched for it when the cut was made. */
const goneOf = (couple: Couple): readonly RuledDevice[] =>
  (couple.before?.devices ?? []).map(({ owner, device, x25519, cuts }) => ({
    ...{ device, x25519, cuts },
    vouched: owner === "me" ? cuts : vouchedOf(couple, device),
  }));

/** Where an older computer of mine stands beside this one, it was that one which handed all of it over. */
const selvesOf = ({ before, beside }: Couple): readonly FormerSelf[] => {
  const handedOn = (beside ?? []).some(({ owner, older }) => owner === "me" && older);
  return (before?.devices ?? [])
    .filter(({ owner }) => owner === "me")
    .map(({ device, secret }) => ({ device, secret, handedOn }));
};

/** Each meeting vouches anew: the furthest counts. */
const vouchedOf = ({ before }: Couple, of: DeviceId): RuledDevice["vouched"] => {
  const upTo = new Map<NotebookId, number>();
  for (const { device, notebook, seq } of before?.vouched ?? [])
    if (device === of) upTo.set(notebook, Math.max(seq, upTo.get(notebook) ?? 0));
  return upTo;
};

type RuledKeys = Omit<RuledNotebook, "writers">;

/** The newest key first: most of what is read is of its time. */
export const sharedNotebooks = ({
  notebooks,
  before,
}: ShelvedCouple): Record<"mine" | "theirs" | "ours", RuledKeys> => {
  const earlier = before?.keys.toReversed() ?? [];
  const held = (whose: "mine" | "theirs" | "ours"): RuledKeys => ({
    id: notebooks[whose].id,
    keys: [notebooks[whose], ...earlier.map((keys) => ({ key: keys[whose] }))].flatMap(({ key }) =>
      key === undefined ? [] : [carriedNotebookKey(key)],
    ),
  });
  return { mine: held("mine"), theirs: held("theirs"), ours: held("ours") };
};
