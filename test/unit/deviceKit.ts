import { newId, type DeviceId, type NotebookId } from "../../shared/base/ids.ts";
import { accept } from "../../shared/base/result.ts";
import { x25519PublicOf, x25519Secret } from "../../shared/crypto/keys.ts";
import { carriedNotebookKey, type CarriedEnvelope } from "../../shared/envelope/envelope.ts";
import { recipientsFor } from "../../shared/envelope/recipients.ts";
import type { RuledDevice, Rules } from "../../shared/envelope/verify.ts";
import type { LedgerMessage } from "../../shared/ledger/book.ts";
import { openCarriedLedger, type CarriedLedger } from "../../shared/ledger/carriedLedger.ts";
import { createOwnMarks } from "../../shared/ledger/ownMark.ts";
import { createSealedCache } from "../../shared/ledger/sealedCache.ts";
import type { LedgerStores } from "../../shared/ledger/stores.ts";
import { openVolumes } from "../../shared/ledger/volumes.ts";
import { createManualClock, type ManualClock } from "../support/manualClock.ts";
import { makeCouple, rosterEntry, type Couple, type Me, type Notebook } from "./envelopeKit.ts";
import { must, type OpenLedger } from "./redactionKit.ts";

/** Ada, who has a new computer, and then another; and Ben, who has one. Notebooks have two epochs. */
export type Household = {
  /** Ada's first computer and Ben's. */
  readonly couple: Couple;
  readonly ada: readonly [Me, Me, Me];
  readonly ben: Me;
  readonly adas: Notebook;
  readonly bens: Notebook;
  readonly ours: Notebook;
  readonly clock: ManualClock;
  readonly person: (device: DeviceId) => DeviceId;
  readonly open: (
    who: "ada" | "ben",
    rules: HouseRules,
    stores: LedgerStores,
  ) => Promise<OpenLedger>;
};

/** What one of the two knows of the devices. */
export type HouseRules = Pick<Rules, "me" | "selves" | "roster" | "past">;

export const makeHousehold = (seed: string): Household => {
  const couple = makeCouple(seed);
  const { random } = couple;
  const clock = createManualClock(1_790_000_000_000);
  const another = (): Me => ({ device: newId(random), secret: x25519Secret(random(32)) });
  const ada = [couple.ada, another(), another()] as const;
  const adasDevices = ada.map(({ device }) => device);
  const twoEpochs = (notebook: Notebook, writers: Notebook["writers"]): Notebook => ({
    ...notebook,
    keys: [...notebook.keys, carriedNotebookKey(random(32))],
    writers,
  });
  const adas = twoEpochs(couple.adas, adasDevices);
  const bens = twoEpochs(couple.bens, [couple.ben.device]);
  const ours = twoEpochs(couple.ours, "both");
  const person = (device: DeviceId): DeviceId =>
    adasDevices.includes(device) ? couple.ada.device : device;
  const disks = {
    ada: { marks: random(32), cache: random(32) },
    ben: { marks: random(32), cache: random(32) },
  };
  return {
    ...{ couple, ada, ben: couple.ben, adas, bens, ours, clock, person },
    open: async (who, rules, stores) => {
      const digested: LedgerMessage[] = [];
      const troubles: string[] = [];
      const notebooks = [adas, bens, ours];
      const ledger = await openCarriedLedger({
        rules: { space: couple.space, notebooks, person, ...rules },
        ownMarks: createOwnMarks(disks[who].marks),
        keyOf: (notebook) => {
          const key = notebooks.find(({ id }) => id === notebook)?.keys.at(-1);
          if (key === undefined) throw new Error("no such notebook");
          return key;
        },
        recipients: recipientsFor(rules.me, rules.roster),
        volumes: must(await openVolumes(stores.volumes)),
        cache: createSealedCache(stores.cache, disks[who].cache, random),
        clock,
        random,
        digest: async (messages) => {
          digested.push(...messages);
          return accept([]);
        },
        loadPages: async () => accept(undefined),
        onTrouble: (code) => troubles.push(code),
      });
      return { ledger: must(ledger), digested, troubles };
    },
  };
};

export type Cuts = ReadonlyMap<NotebookId, number>;

/** Up to where a ledger has what a device wrote. */
export const cutsOf = (ledger: CarriedLedger, { device }: Me): Cuts =>
  new Map(
    ledger
      .heads()
      .filter((head) => head.device === device)
      .map(({ notebook, seq }) => [notebook, seq]),
  );

/** A partner's device that is gone. */
export const goneDevice = (me: Me, cuts: Cuts): RuledDevice => ({ ...rosterEntry(me), cuts });

/** One of one's own that is gone. */
export const formerSelf = ({ device, secret }: Me, cuts: Cuts): RuledDevice => ({
  device,
  x25519: x25519PublicOf(secret),
  cuts,
  vouched: cuts,
});

/** One that is in use, of whoever held the journal at the meeting. */
export const holderDevice = (me: Me, vouched: Cuts): RuledDevice => ({
  ...rosterEntry(me),
  vouched,
});

/** All that a ledger can give of these chains, oldest first. */
export const chainsAt = async (
  ledger: CarriedLedger,
  ...chains: readonly (readonly [Notebook, Me])[]
): Promise<readonly CarriedEnvelope[]> => {
  const envelopes: CarriedEnvelope[] = [];
  for (const [notebook, { device }] of chains)
    for (const line of ledger.linesOf(notebook.id, device))
      if (!line.redacted) envelopes.push(must(await ledger.envelopeOf(line)));
  return envelopes;
};
