import type { DeviceId, NotebookId } from "../base/ids.ts";
import type { Owner } from "../people/roster.ts";
import { inUseOf, peopleOf, type GoneDevice, type NamedBeside } from "../people/space.ts";

/** Who writes where, on a shelf of the two. */
export type SharedChains = {
  /** This device. */
  readonly me: DeviceId;
  /** The partner's oldest in use. */
  readonly partner: DeviceId;
  readonly mine: NotebookId;
  readonly theirs: NotebookId;
  readonly ours: NotebookId;
  /** Whom pages belong to: the first device of each. */
  readonly people: { readonly me: DeviceId; readonly partner: DeviceId };
  /** All of each person's, the oldest first: those that others replaced, then those in use. */
  readonly devices: EachOnes;
  readonly inUse: EachOnes;
  /** Every device in use but this one; mine first. */
  readonly peers: readonly Peer[];
  /**
   * What devices of either have written that others replaced, the oldest first. Whoever holds it hands it to whoever
   * does not, whosever words they are.
   */
  readonly gone: readonly Chain[];
  /** What the peers write. Whoever holds it hands it to the others, so that not all have to meet. */
  readonly beside: readonly Chain[];
};

type EachOnes = { readonly mine: readonly DeviceId[]; readonly theirs: readonly DeviceId[] };

export type Peer = { readonly device: DeviceId; readonly owner: Owner };

export type Chain = {
  readonly notebook: NotebookId;
  readonly device: DeviceId;
  /** The last sequence of it that counts. */
  readonly upTo: number;
};

/** `cuts`: missing once a journal has ended, when nothing is handed over any more. */
type Chained = {
  readonly notebooks: Readonly<Record<"mine" | "theirs" | "ours", { readonly id: NotebookId }>>;
  readonly before?:
    | {
        readonly devices: readonly (Pick<GoneDevice, "owner" | "device"> &
          Partial<Pick<GoneDevice, "cuts">>)[];
      }
    | undefined;
  readonly beside?: readonly NamedBeside[] | undefined;
};

export const chainsOf = (couple: Chained, me: DeviceId, partner: DeviceId): SharedChains => {
  const { mine, theirs, ours } = couple.notebooks;
  const gone = couple.before?.devices ?? [];
  const before = (whose: "me" | "partner"): readonly DeviceId[] =>
    gone.filter(({ owner }) => owner === whose).map(({ device }) => device);
  const inUse = inUseOf(couple, me, partner);
  const peers: readonly Peer[] = [
    ...inUse.mine.filter((device) => device !== me).map((device) => peerOf(device, "me")),
    ...inUse.theirs.map((device) => peerOf(device, "partner")),
  ];
  const notebooksOf = (owner: Owner): readonly NotebookId[] => [
    owner === "me" ? mine.id : theirs.id,
    ours.id,
  ];
  return {
    ...{ me, partner, inUse, peers },
    ...{ mine: mine.id, theirs: theirs.id, ours: ours.id },
    people: peopleOf(couple, me, partner),
    devices: {
      mine: [...before("me"), ...inUse.mine],
      theirs: [...before("partner"), ...inUse.theirs],
    },
    gone: gone.flatMap(({ owner, device, cuts }) =>
      notebooksOf(owner).flatMap((notebook) => {
        const upTo = cuts?.get(notebook) ?? 0;
        return upTo === 0 ? [] : [{ notebook, device, upTo }];
      }),
    ),
    beside: peers.flatMap(({ device, owner }) =>
      notebooksOf(owner).map((notebook) => ({ notebook, device, upTo: Infinity })),
    ),
  };
};

const peerOf = (device: DeviceId, owner: Owner): Peer => ({ device, owner });

/**
 * What this device may have to hand over to a peer: what was written before, what the others write, then its own
 * words, then its acks. Without a peer: to the partner, whichever of their devices it is.
 */
export const offeredChains = (
  { me, mine, ours, inUse, gone, beside }: SharedChains,
  peer?: DeviceId,
): readonly Chain[] => [
  ...gone,
  ...beside.filter(({ device }) =>
    peer === undefined ? !inUse.theirs.includes(device) : device !== peer,
  ),
  { notebook: mine, device: me, upTo: Infinity },
  { notebook: ours, device: me, upTo: Infinity },
];

/** The same, of pages alone. */
export const wordChains = (chains: SharedChains, peer?: DeviceId): readonly Chain[] =>
  offeredChains(chains, peer).filter(({ notebook }) => notebook !== chains.ours);
