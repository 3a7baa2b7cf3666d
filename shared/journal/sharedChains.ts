import type { DeviceId, NotebookId } from "../base/ids.ts";
import { peopleOf, type GoneDevice } from "../people/space.ts";

/** Who writes where, on a shelf of the two. */
export type SharedChains = {
  /** The devices in use. */
  readonly me: DeviceId;
  readonly partner: DeviceId;
  readonly mine: NotebookId;
  readonly theirs: NotebookId;
  readonly ours: NotebookId;
  /** Whom pages belong to: the first device of each. */
  readonly people: { readonly me: DeviceId; readonly partner: DeviceId };
  /** All of each person's, the oldest first; the last is in use. */
  readonly devices: { readonly mine: readonly DeviceId[]; readonly theirs: readonly DeviceId[] };
  /**
   * What devices of either have written that others replaced, the oldest first. Whoever holds it hands it to whoever
   * does not, whosever words they are.
   */
  readonly gone: readonly Chain[];
};

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
};

export const chainsOf = (couple: Chained, me: DeviceId, partner: DeviceId): SharedChains => {
  const { mine, theirs, ours } = couple.notebooks;
  const gone = couple.before?.devices ?? [];
  const before = (whose: "me" | "partner"): readonly DeviceId[] =>
    gone.filter(({ owner }) => owner === whose).map(({ device }) => device);
  return {
    ...{ me, partner },
    ...{ mine: mine.id, theirs: theirs.id, ours: ours.id },
    people: peopleOf(couple, me, partner),
    devices: { mine: [...before("me"), me], theirs: [...before("partner"), partner] },
    gone: gone.flatMap(({ owner, device, cuts }) =>
      [owner === "me" ? mine.id : theirs.id, ours.id].flatMap((notebook) => {
        const upTo = cuts?.get(notebook) ?? 0;
        return upTo === 0 ? [] : [{ notebook, device, upTo }];
      }),
    ),
  };
};

/** What this device may have to hand over: what was written before, then its own words, then its acks. */
export const offeredChains = ({ me, mine, ours, gone }: SharedChains): readonly Chain[] => [
  ...gone,
  { notebook: mine, device: me, upTo: Infinity },
  { notebook: ours, device: me, upTo: Infinity },
];

/** The same, of pages alone. */
export const wordChains = (chains: SharedChains): readonly Chain[] =>
  offeredChains(chains).filter(({ notebook }) => notebook !== chains.ours);
