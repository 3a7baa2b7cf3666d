import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { App, Session } from "electron";
import type { Clock } from "../../shared/base/clock.ts";
import { createElectronInstaller } from "./electronUpdater.ts";
import { readOwnFile } from "./installer.ts";
import { createUpdateMemory } from "./memory.ts";
import { releasePlace, type ReleasePlace } from "./releasePlace.ts";
import { createUpdates, type MainUpdates } from "./updates.ts";
import { createUpdateWire, type UpdateWire } from "./wire.ts";

export type StartUpdatesParts = {
  readonly app: Pick<App, "getVersion" | "quit" | "relaunch" | "once" | "isPackaged">;
  /** Asked for only where there is an address to look at. */
  readonly openSession: () => Session;
  /** The profile's. */
  readonly folder: string;
  readonly clock: Clock;
  readonly place?: ReleasePlace | undefined;
};

/** Wires the parts of this folder. Nothing here is awaited by the start, and none of it can stop it. */
export const startUpdates = (parts: StartUpdatesParts): MainUpdates => {
  const { app, folder, clock, openSession } = parts;
  const place = "place" in parts ? parts.place : releasePlace;
  const wire = place === undefined ? neverAsked : createUpdateWire(openSession(), place.address);
  const brought = join(folder, "updates");
  // What was brought is either installed by now or brought again: a release signed since may be newer.
  void rm(brought, { recursive: true, force: true }).catch(() => undefined);
  const appImage = process.platform === "linux" ? process.env["APPIMAGE"] : undefined;
  return createUpdates({
    place,
    version: app.getVersion(),
    wire,
    memory: createUpdateMemory(join(folder, "updates.json")),
    installer: createElectronInstaller({
      own: readOwnFile({
        platform: process.platform,
        arch: process.arch,
        isPackaged: app.isPackaged,
        appImage,
        hasUninstaller: existsSync(join(dirname(process.execPath), "Uninstall Twofold.exe")),
      }),
      app,
      wire,
      clock,
      folder: brought,
      appImage,
      loadUpdater: () => import("electron-updater"),
    }),
    clock,
  });
};

const neverAsked: UpdateWire = () => Promise.reject(new Error("there is no release address"));
