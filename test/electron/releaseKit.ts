import { createHash, generateKeyPairSync, type KeyObject } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { accept } from "../../shared/base/result.ts";
import type { Installer, WantedFile } from "../../electron/updates/installer.ts";
import type { Manifest } from "../../electron/updates/manifest.ts";
import type { UpdateMemory, UpdatesRemembered } from "../../electron/updates/memory.ts";
import type { ReleasePlace } from "../../electron/updates/releasePlace.ts";
import { createUpdates } from "../../electron/updates/updates.ts";
import type { UpdateWire } from "../../electron/updates/wire.ts";
import { publicPart, signManifest } from "../../scripts/releasing/signing.mjs";
import { createManualClock, type ManualClock } from "../support/manualClock.ts";

export const makeKey = (): KeyObject => generateKeyPairSync("ed25519").privateKey;

export const releaseAddress = "https://releases.example.org/twofold/";

export const packageBytes = Buffer.from("the newer Twofold, all of it");
export const sha512 = (bytes: Uint8Array): string =>
  createHash("sha512").update(bytes).digest("base64");

export const aManifest = (change: Partial<Manifest> = {}): Manifest => ({
  format: 1,
  channel: "stable",
  version: "1.3.0",
  date: "2026-11-20",
  least: "1.0.0",
  files: [
    {
      platform: "linux",
      arch: "x64",
      kind: "AppImage",
      name: "twofold-1.3.0-linux-x86_64.AppImage",
      size: packageBytes.length,
      sha512: sha512(packageBytes),
    },
  ],
  ...change,
});

export const signed = (key: KeyObject, change: Partial<Manifest> = {}): Buffer =>
  Buffer.from(signManifest(aManifest(change), [key]));

/** A release host on this computer, and a wire that takes its address for the one on the internet. */
export const openHost = async (answer: RequestListener) => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    answer(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}/twofold/`;
  const wire: UpdateWire = async (address, signal) => {
    const there = address.replace(releaseAddress, here);
    const { body, status, headers } = await fetch(there, { redirect: "error", signal });
    return new Response(body, { status, headers });
  };
  return {
    wire,
    asked,
    close: () =>
      new Promise<void>((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
};

export const memoryInMemory = (first: Partial<UpdatesRemembered> = {}): UpdateMemory => {
  let known: UpdatesRemembered = { weekly: false, lookedAt: 0, highest: null, ...first };
  return {
    read: async () => known,
    change: async (part) => {
      known = { ...known, ...part };
      return accept(undefined);
    },
  };
};

export const fakeInstaller = (): Installer & { readonly wanted: WantedFile[] } => {
  const wanted: WantedFile[] = [];
  return {
    wanted,
    file: { platform: "linux", arch: "x64", kind: "AppImage" },
    bring: async (file) => {
      wanted.push(file);
      return accept(undefined);
    },
    install: async () => accept(undefined),
  };
};

export type UpdatesSetting = {
  readonly wire: UpdateWire;
  readonly keys: readonly [KeyObject, KeyObject];
  readonly version?: string;
  readonly memory?: UpdateMemory;
  readonly installer?: Installer;
  readonly clock?: ManualClock;
  readonly place?: Partial<ReleasePlace>;
};

export const updatesOf = (setting: UpdatesSetting) =>
  createUpdates({
    place: {
      address: releaseAddress,
      channel: "stable",
      keys: setting.keys.map(publicPart),
      ...setting.place,
    },
    version: setting.version ?? "1.2.0",
    wire: setting.wire,
    memory: setting.memory ?? memoryInMemory(),
    installer: setting.installer ?? fakeInstaller(),
    clock: setting.clock ?? createManualClock(),
  });
