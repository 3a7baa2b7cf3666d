import type { Clock } from "../../shared/base/clock.ts";
import { concatBytes } from "../../shared/base/bytes.ts";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import type { UpdateCode, UpdateOffer, Updates } from "../../shared/bridge/updates.ts";
import type { Installer } from "./installer.ts";
import {
  manifestLimit,
  manifestName,
  openManifest,
  type Manifest,
  type OpenedManifest,
  type ReleaseFile,
} from "./manifest.ts";
import type { UpdateMemory, UpdatesRemembered } from "./memory.ts";
import type { ReleasePlace } from "./releasePlace.ts";
import { compareVersions, readVersion, type Version } from "./version.ts";
import { receive, type UpdateWire } from "./wire.ts";

export type UpdatesParts = {
  /** Undefined: there is no address to look at, and nothing is ever contacted. */
  readonly place: ReleasePlace | undefined;
  /** Of the program that runs. */
  readonly version: string;
  readonly wire: UpdateWire;
  readonly memory: UpdateMemory;
  readonly installer: Installer;
  readonly clock: Clock;
};

export type MainUpdates = Updates & { readonly dispose: () => void };

const secondMs = 1_000;
const hourMs = 3_600_000;
const weekMs = 7 * 24 * hourMs;
/** How often it is asked whether a week is over; the computer may have slept through the moment. */
const askAgainMs = 6 * hourMs;
/** The first question after a start: opening the journal comes first. */
const firstAskMs = 60 * secondMs;

export const createUpdates = (parts: UpdatesParts): MainUpdates => {
  const { place, memory, installer, clock } = parts;
  const current = readVersion(parts.version);
  if (current === undefined) throw new Error("the program's own version is not a semantic version");
  const listeners = new Set<() => void>();
  let found: Found | undefined;
  let looking: Promise<Result<UpdateOffer | undefined, UpdateCode>> | undefined;
  let bringing: Promise<Result<void, UpdateCode>> | undefined;

  const lookOnce = async (): Promise<Result<UpdateOffer | undefined, UpdateCode>> => {
    if (place === undefined) return refuse("NO_RELEASE_PLACE");
    const opened = await fetchManifest(place, parts);
    if (!opened.ok) return opened;
    const judged = judgeRelease(opened.value, await memory.read(), current);
    if (!judged.ok) return judged;
    const { manifest, digest } = opened.value;
    // Remembered before it is offered: what this computer has seen once, nobody can take back from it.
    const kept = await memory.change({
      lookedAt: clock.now(),
      highest: { version: manifest.version, digest },
    });
    if (!kept.ok) return kept;
    if (!judged.value) found = undefined;
    else if (found?.digest !== digest) found = makeOffer(opened.value, current, installer.file);
    return accept(found?.offer);
  };
  const look = () =>
    (looking ??= lookOnce().finally(() => {
      looking = undefined;
    }));

  const bringOnce = async (): Promise<Result<void, UpdateCode>> => {
    if (place === undefined) return refuse("NO_RELEASE_PLACE");
    if (found?.offer.way === "brought") return accept(undefined);
    if (found?.file === undefined) return refuse("NOTHING_OFFERED");
    const { digest, file, offer } = found;
    const brought = await installer.bring({ address: `${place.address}${file.name}`, file, offer });
    if (brought.ok && found.digest === digest)
      found = { ...found, offer: { ...offer, way: "brought" } };
    return brought;
  };

  const lookIfDue = async (): Promise<void> => {
    const { weekly, lookedAt } = await memory.read();
    const since = clock.now() - lookedAt;
    // A clock that was set back must not put the next look off for years.
    if (!weekly || (since >= 0 && since < weekMs) || found !== undefined) return;
    const seen = await look();
    if (seen.ok && seen.value !== undefined) for (const listener of [...listeners]) listener();
  };
  let stop = () => {};
  const askAfter = (ms: number): void => {
    stop = clock.after(ms, () => {
      askAfter(askAgainMs);
      void lookIfDue();
    });
  };
  if (place !== undefined) askAfter(firstAskMs);

  return {
    facts: async () => ({
      host: place === undefined ? undefined : new URL(place.address).host,
      weekly: place !== undefined && (await memory.read()).weekly,
      offer: found?.offer,
    }),
    look,
    lookWeekly: async (on) => {
      if (place === undefined) return refuse("NO_RELEASE_PLACE");
      return memory.change({ weekly: on });
    },
    bring: () =>
      (bringing ??= bringOnce().finally(() => {
        bringing = undefined;
      })),
    install: async () => {
      if (found?.offer.way !== "brought") return refuse("NOTHING_OFFERED");
      return installer.install();
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose: () => stop(),
  };
};

type Found = {
  readonly digest: string;
  readonly offer: UpdateOffer;
  readonly file: ReleaseFile | undefined;
};

const fetchManifest = async (
  place: ReleasePlace,
  { wire, clock }: UpdatesParts,
): Promise<Result<OpenedManifest, UpdateCode>> => {
  const pieces: Uint8Array[] = [];
  const received = await receive(
    `${place.address}${manifestName}`,
    async (piece) => {
      pieces.push(piece);
    },
    { wire, clock, limit: manifestLimit, silence: 10 * secondMs, whole: 20 * secondMs },
  );
  return received.ok ? openManifest(concatBytes(...pieces), place.keys, place.channel) : received;
};

/** Whether it is newer than what runs. Older than what was seen, or another under a number that was seen: refused. */
const judgeRelease = (
  { manifest, digest }: OpenedManifest,
  { highest }: UpdatesRemembered,
  current: Version,
): Result<boolean, "RELEASE_OLD" | "RELEASE_REFUSED"> => {
  const offered = readVersion(manifest.version);
  if (offered === undefined) return refuse("RELEASE_REFUSED", "version");
  const seen = highest === null ? undefined : readVersion(highest.version);
  if (seen !== undefined && highest !== null) {
    const order = compareVersions(offered, seen);
    if (order < 0) return refuse("RELEASE_OLD");
    if (order === 0 && highest.digest !== digest) return refuse("RELEASE_REFUSED", "signed twice");
  }
  const order = compareVersions(offered, current);
  return order < 0 ? refuse("RELEASE_OLD") : accept(order > 0);
};

const makeOffer = (
  { manifest, digest }: OpenedManifest,
  current: Version,
  wanted: Installer["file"],
): Found => {
  const { version, date } = manifest;
  const least = readVersion(manifest.least);
  if (least === undefined || compareVersions(current, least) < 0)
    return { digest, offer: { version, date, size: 0, way: "between" }, file: undefined };
  const file = wanted === undefined ? undefined : findFile(manifest, wanted);
  return file === undefined
    ? { digest, offer: { version, date, size: 0, way: "system" }, file }
    : { digest, offer: { version, date, size: file.size, way: "here" }, file };
};

const findFile = (
  { files }: Manifest,
  { platform, arch, kind }: NonNullable<Installer["file"]>,
): ReleaseFile | undefined =>
  files.find((file) => file.platform === platform && file.arch === arch && file.kind === kind);
