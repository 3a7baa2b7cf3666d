import { toHex } from "../base/bytes.ts";
import type { DeviceId, NotebookId } from "../base/ids.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { Certificate } from "./certificate.ts";

export type Owner = "me" | "partner";

export type RosterDevice = {
  readonly device: DeviceId;
  readonly owner: Owner;
  readonly certificate: Certificate;
  /**
   * Set once the device is lost or replaced: its last accepted sequence in each notebook. A later one is
   * REVOKED_DEVICE; a notebook that is not named here had none.
   */
  readonly cuts: ReadonlyMap<NotebookId, number> | undefined;
};

/** The devices of the two. What is not in it does not exist: no channel opens, no message is admitted. */
export type Roster = {
  readonly devices: readonly RosterDevice[];
  readonly find: (device: DeviceId) => RosterDevice | undefined;
  /** Whose Noise static this is. A revoked device is not found: it gets no channel. */
  readonly findStatic: (key: Uint8Array) => RosterDevice | undefined;
  /** May this sequence still be accepted? False for unknown devices and beyond a cut. */
  readonly isWithin: (device: DeviceId, notebook: NotebookId, seq: number) => boolean;
};

export type RosterCode = "DEVICE_TWICE" | "KEY_TWICE" | "IDENTITY_OF_BOTH" | "BAD_CUT";

/** Refuses a roster in which a key could speak for two devices, or an identity for both people. */
export const createRoster = (devices: readonly RosterDevice[]): Result<Roster, RosterCode> => {
  const byDevice = new Map<DeviceId, RosterDevice>();
  const byStatic = new Map<string, RosterDevice>();
  const ownerByIdentity = new Map<string, Owner>();
  for (const entry of devices) {
    if (entry.device !== entry.certificate.device || byDevice.has(entry.device))
      return refuse("DEVICE_TWICE");
    const key = toHex(entry.certificate.x25519);
    if (byStatic.has(key)) return refuse("KEY_TWICE");
    const identity = toHex(entry.certificate.identity);
    if ((ownerByIdentity.get(identity) ?? entry.owner) !== entry.owner)
      return refuse("IDENTITY_OF_BOTH");
    if (![...(entry.cuts?.values() ?? [])].every(isSequence)) return refuse("BAD_CUT");
    byDevice.set(entry.device, entry);
    byStatic.set(key, entry);
    ownerByIdentity.set(identity, entry.owner);
  }
  return accept({
    devices: [...devices],
    find: (device) => byDevice.get(device),
    findStatic: (key) => {
      const found = byStatic.get(toHex(key));
      return found?.cuts === undefined ? found : undefined;
    },
    isWithin: (device, notebook, seq) => {
      const found = byDevice.get(device);
      if (found === undefined) return false;
      return found.cuts === undefined || seq <= (found.cuts.get(notebook) ?? 0);
    },
  });
};

/** The roster right after pairing: one device each. */
export const rosterOfTwo = (mine: Certificate, partners: Certificate): Result<Roster, RosterCode> =>
  createRoster([
    { device: mine.device, owner: "me", certificate: mine, cuts: undefined },
    { device: partners.device, owner: "partner", certificate: partners, cuts: undefined },
  ]);

const isSequence = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
