import type { Cell } from "../base/live.ts";
import { createQueue } from "../base/queue.ts";
import { accept, refuse } from "../base/result.ts";
import type { ArrivalsGate } from "./arrive/arrivals.ts";
import type { Journal, Settings } from "./journal.ts";
import type { KeyringKeeper } from "./keys/keyringKeeper.ts";
import { concernsArrivals, concernsNetwork, readSettings, writeSettings } from "./settings.ts";

export type SettingsDeskParts = {
  readonly settings: Cell<Settings>;
  readonly keyring: KeyringKeeper;
  readonly gate: Pick<ArrivalsGate, "keepShown">;
  /** With the network as it is set now. */
  readonly carry: () => Promise<void>;
};

/** Settings change one after the other, and count once they are on the disk. */
export const createSettingsDesk = ({
  settings,
  keyring,
  gate,
  carry,
}: SettingsDeskParts): Journal["changeSettings"] => {
  const changing = createQueue();
  return (change) =>
    changing(async () => {
      const before = settings.read();
      const next = readSettings(writeSettings({ ...before, ...change }));
      const shown = concernsArrivals(before, next) ? await gate.keepShown() : accept(undefined);
      if (!shown.ok) return refuse(shown.code === "TOO_LARGE" ? "STORE_FAILED" : shown.code);
      const saved = await keyring.change((now) => ({
        ...now,
        settings: { ...now.settings, ...writeSettings(next) },
      }));
      if (!saved.ok) return saved;
      settings.set(next);
      if (concernsNetwork(before, next)) await carry();
      return saved;
    });
};
