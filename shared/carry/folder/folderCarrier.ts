import type { Doc } from "yjs";
import type { Cancel, Clock } from "../../base/clock.ts";
import type { SharedFiles, SharedFilesCode } from "../../base/files.ts";
import type { DeviceId } from "../../base/ids.ts";
import type { Random } from "../../base/random.ts";
import { spread } from "../../base/spread.ts";
import { createAirlockMirror } from "../airlockMirror.ts";
import type { Carrier, CarrierCode, CarrierEvent, Carrying } from "../carrier.ts";
import { watchAnswers } from "./answers.ts";
import { createKnownFiles, type SeenFile } from "./known.ts";
import { createOwnFiles } from "./ownFiles.ts";
import {
  createHintBudget,
  createPatience,
  createReadBudget,
  type Patience,
  type ReadBudget,
} from "./patience.ts";
import { createPhotoFiles } from "./photoFiles.ts";
import type { FolderPhotos } from "./photos.ts";
import { createReading } from "./reading.ts";
import { folderCounts, folderTimes } from "./times.ts";
import { createWriting } from "./writing.ts";

export type FolderCarrierParts = {
  readonly files: SharedFiles;
  /** `capsuleRootOf` the couple root key; the caller's, and wiped only after `stop`. */
  readonly root: Uint8Array;
  readonly me: DeviceId;
  readonly partner: DeviceId;
  /** Without it envelopes go, and no photos. */
  readonly photos?: FolderPhotos;
  /** Bytes of the partner's words that are taken into one airlock at one time; `folderSizes.lying` unless given. */
  readonly mostLying?: number;
  readonly clock: Clock;
  readonly random: Random;
};

/** What outlives an airlock, so that a folder that spoils airlocks is not read in a loop. */
type Endurance = { readonly patience: Patience; readonly budget: ReadBudget };

/**
 * Puts what waits into a folder that both reach, as capsules, and takes in the partner's (docs/protocol.md, "Shared
 * folder"). What a file holds is read from the file, so renaming and copying confuse nothing and nothing is noted
 * elsewhere. Files that are not one's own are read and never touched. It meets nobody: `met` and `parted` are never told.
 */
export const createFolderCarrier = (parts: FolderCarrierParts): Carrier => {
  const endurance: Endurance = {
    patience: createPatience(parts.clock),
    budget: createReadBudget(parts.clock),
  };
  return { name: "folder", carry: (airlock, tell) => carry(parts, endurance, airlock, tell) };
};

const carry = (
  parts: FolderCarrierParts,
  endurance: Endurance,
  airlock: Doc,
  tell: (event: CarrierEvent) => void,
): Carrying => {
  const { clock, random } = parts;
  const mirror = createAirlockMirror(airlock, clock);
  const known = createKnownFiles(clock);
  const hints = createHintBudget(clock);
  let cancelLook: Cancel = () => {};
  let nextLook = Infinity;
  let hinted = false;
  let looking: Promise<void> | undefined;
  let lastTold: CarrierCode | undefined;
  let stopping = false;
  let stopped = false;

  const trouble = (code: CarrierCode | undefined): void => {
    if (stopped || lastTold === code) return;
    lastTold = code;
    if (code !== undefined) tell({ type: "trouble", code });
  };

  /** At this time or before. */
  const lookAt = (time: number): void => {
    if (stopping || time >= nextLook) return;
    nextLook = time;
    cancelLook();
    if (looking === undefined) cancelLook = clock.after(time - clock.now(), startLook);
  };

  const answers = watchAnswers(parts.files, clock, () => trouble("NO_FOLDER"));
  const { files } = answers;
  const cancelled = (): boolean => stopped;
  const given = { ...parts, ...endurance, files, known, mirror, lookAt };
  const reading = createReading({ ...given, cancelled: () => stopping });
  const writing = createWriting({ ...given, cancelled, hurried: () => stopping });
  const photoFiles =
    parts.photos &&
    createPhotoFiles({
      ...given,
      ...{ photos: parts.photos, reading, writing },
      cancelled: () => stopping,
    });
  const own = createOwnFiles({
    ...given,
    ...{ writing, cancelled },
    saying: () => photoFiles?.saying(),
  });

  const keepOwn = async (mayPutPhotos: boolean): Promise<SharedFilesCode | undefined> => {
    const silent = photoFiles?.silent() ?? true;
    const first = own.plan(false, silent);
    const states = photoFiles?.states(first.said) ?? false;
    const { put, refused } = await own.carryOut(states ? own.plan(true, silent) : first, states);
    if (put) photoFiles?.stated();
    if (stopping || refused !== undefined) return refused;
    // Words first.
    return photoFiles?.carryOut(mayPutPhotos && own.isDone());
  };

  const heedLost = (lost: readonly SeenFile[]): void => {
    if (lost.some(({ content }) => content.keys.some((key) => mirror.mine.has(key))))
      own.vanished();
    photoFiles?.vanished(lost);
  };

  const look = async (): Promise<CarrierCode | undefined> => {
    const listed = await files.list();
    if (stopping) return undefined;
    if (!listed.ok) return troubleOf(listed.code);
    heedLost(known.see(listed.value));
    const read = await reading.readNew(photoFiles?.takeRead);
    if (stopping) return undefined;
    heedLost(known.overwritten());
    if (read.trouble !== undefined) return read.trouble;
    if (!read.whole) lookAt(endurance.budget.renewedAt());
    else if (known.nextDue() < Infinity) lookAt(known.nextDue());
    await photoFiles?.takeIn();
    if (stopping) return undefined;
    const refused = await keepOwn(read.whole);
    if (refused !== undefined) return troubleOf(refused);
    const crowded = read.crowded || listed.value.length > folderCounts.looked;
    return crowded ? "FOLDER_CROWDED" : undefined;
  };

  const startLook = (): void => {
    if (stopping || looking !== undefined) return;
    nextLook = Infinity;
    hinted = false;
    looking = (async () => {
      try {
        const code = await look();
        // What could not be put, and is not tried again yet, is no better than it was.
        if (!stopping && (code !== undefined || own.isDone())) trouble(code);
      } finally {
        looking = undefined;
        const wished = nextLook;
        nextLook = Infinity;
        lookAt(
          Math.min(wished, clock.now() + spread(random, folderTimes.slow, folderTimes.slow / 2)),
        );
      }
    })();
  };

  mirror.listen({ onOffered: own.offered, onReleased: own.released });
  const unlisten = files.onChange(() => {
    if (hinted) return;
    hinted = true;
    lookAt(hints.nextAt());
  });
  startLook();

  const farewell = async (): Promise<void> => {
    if (own.isDone()) return;
    let cancel: Cancel = () => {};
    const patience = new Promise<void>((over) => {
      cancel = clock.after(folderTimes.farewell, over);
    });
    const putting = (async () => {
      await looking;
      if (!stopped) await own.hurry();
    })();
    await Promise.race([putting, patience]);
    cancel();
  };

  return {
    stop: async () => {
      if (stopping) return;
      stopping = true;
      cancelLook();
      unlisten();
      photoFiles?.close();
      mirror.listen(undefined);
      await farewell();
      stopped = true;
      answers.stop();
      mirror.close();
    },
  };
};

const troubleOf = (code: SharedFilesCode): CarrierCode => {
  switch (code) {
    case "DISK_FULL":
      return "FOLDER_FULL";
    case "NO_PERMISSION":
    case "BAD_REQUEST":
    case "TOO_LARGE":
      return "FOLDER_REFUSED";
    case "FOLDER_GONE":
    case "DISK_FAILED":
    case "FILE_GONE":
      return "NO_FOLDER";
  }
};
