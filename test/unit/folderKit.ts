import type { Clock } from "../../shared/base/clock.ts";
import type { SharedFiles } from "../../shared/base/files.ts";
import type { DeviceId } from "../../shared/base/ids.ts";
import { newId } from "../../shared/base/ids.ts";
import { createAirlock, type Airlock, type Offered } from "../../shared/carry/airlock.ts";
import { capsuleRootOf } from "../../shared/carry/capsule/head.ts";
import type { CarrierEvent, Carrying } from "../../shared/carry/carrier.ts";
import {
  createFolderCarrier,
  type FolderCarrierParts,
} from "../../shared/carry/folder/folderCarrier.ts";
import { openFile, type FileContent } from "../../shared/carry/folder/openFile.ts";
import { envelopeKey, type CarriedEnvelope } from "../../shared/envelope/envelope.ts";
import { createManualClock, type ManualClock } from "../support/manualClock.ts";
import { createMemoryFolder, type MemoryFolder } from "../support/memorySharedFolder.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { createTwoPartners, type TwoPartners } from "../support/twoPartners.ts";
import { crkOf } from "./capsuleKit.ts";

export type Operation = { readonly op: "list" | "read" | "put" | "remove"; readonly name: string };

/** Just before it is done. "never": it is not, and whoever asked hears nothing. */
export type Inspect = (operation: Operation) => void | "never";

/** Everything that is done to a folder, in order. */
export const watchFiles = (
  files: SharedFiles,
  inspect: Inspect = () => {},
): { readonly files: SharedFiles; readonly done: Operation[] } => {
  const done: Operation[] = [];
  const note = async (op: Operation["op"], name = ""): Promise<void> => {
    if (inspect({ op, name }) === "never") return new Promise<never>(() => {});
    done.push({ op, name });
    return undefined;
  };
  return {
    done,
    files: {
      list: async () => {
        await note("list");
        return files.list();
      },
      read: async (name) => {
        await note("read", name);
        return files.read(name);
      },
      put: async (name, bytes) => {
        await note("put", name);
        return files.put(name, bytes);
      },
      remove: async (name) => {
        await note("remove", name);
        return files.remove(name);
      },
      onChange: files.onChange,
    },
  };
};

/** One end: a real airlock, as the journal's delivery makes it, and the folder's carrier. */
export type FolderEnd = {
  readonly me: DeviceId;
  readonly airlock: () => Airlock;
  /** In the order of arriving, each once an airlock. */
  readonly arrived: Offered[];
  readonly troubles: () => readonly string[];
  readonly done: readonly Operation[];
  readonly carry: () => void;
  readonly stop: () => Promise<void>;
};

export type FolderKit = {
  readonly folder: MemoryFolder;
  /** What the folder does instead, where it is set. */
  readonly instead: { list?: SharedFiles["list"]; read?: SharedFiles["read"] };
  readonly clock: ManualClock;
  readonly root: Uint8Array;
  readonly ada: FolderEnd;
  readonly ben: FolderEnd;
  readonly envelope: (length?: number) => Offered;
  readonly pass: (seconds: number) => Promise<void>;
  /** Of each file that one of the two wrote. */
  readonly contents: () => Promise<ReadonlyMap<string, FileContent>>;
  readonly stop: () => Promise<void>;
};

/** `more`: of Ada's carrier alone. */
export const createFolderKit = (
  seed: number,
  more: Pick<FolderCarrierParts, "photos" | "mostLying"> = {},
): FolderKit => {
  const random = seededRandom(seed);
  const clock = createManualClock(1_790_000_000_000);
  const folder = createMemoryFolder();
  const instead: FolderKit["instead"] = {};
  const meddled: SharedFiles = {
    ...folder.files,
    list: () => (instead.list ?? folder.files.list)(),
    read: (name) => (instead.read ?? folder.files.read)(name),
  };
  const root = capsuleRootOf(random(32));
  const [adas, bens] = [newId<DeviceId>(random), newId<DeviceId>(random)];

  const end = (me: DeviceId, partner: DeviceId): FolderEnd => {
    const { files, done } = watchFiles(meddled);
    const adasAlone = me === adas ? more : {};
    const carrier = createFolderCarrier({ files, root, me, partner, clock, random, ...adasAlone });
    const arrived: Offered[] = [];
    const events: CarrierEvent[] = [];
    let carrying: Carrying | undefined;
    const fresh = (): Airlock =>
      createAirlock({ receive: (some) => arrived.push(...some), abandon: () => {} });
    let airlock = fresh();
    return {
      ...{ me, arrived, done },
      airlock: () => airlock,
      troubles: () =>
        events.flatMap((event) => (event.type === "trouble" ? [event.code] : ["met or parted"])),
      carry: () => {
        airlock = fresh();
        carrying = carrier.carry(airlock.doc, (event) => events.push(event));
      },
      stop: async () => {
        const ending = carrying;
        carrying = undefined;
        await ending?.stop();
      },
    };
  };
  const [ada, ben] = [end(adas, bens), end(bens, adas)];

  return {
    ...{ folder, instead, clock, root, ada, ben },
    envelope: (length = 592) => {
      // The beginning makes it one of its own; random bytes from a seed are slow.
      const envelope = new Uint8Array(length) as CarriedEnvelope;
      envelope.set(random(Math.min(length, 592)));
      return { key: envelopeKey(envelope), envelope };
    },
    pass: async (seconds) => {
      for (let past = 0; past < seconds * 1_000; past += 500) {
        await turns();
        clock.advance(500);
      }
      await turns();
    },
    contents: () => contentsIn(folder, root, adas, bens),
    stop: async () => {
      await Promise.all([ada.stop(), ben.stop()]);
    },
  };
};

const contentsIn = async (
  folder: MemoryFolder,
  root: Uint8Array,
  me: DeviceId,
  partner: DeviceId,
): Promise<ReadonlyMap<string, FileContent>> => {
  const clock: Clock = { now: () => 0, after: (_, run) => (setImmediate(run), () => {}) };
  const found = new Map<string, FileContent>();
  for (const [name, bytes] of folder.entries) {
    const opened = await openFile(bytes, { root, me, partner, clock, cancelled: () => false });
    if (opened.ok) found.set(name, opened.value.content);
  }
  return found;
};

/** What is ready to run has run. */
export const turns = async (count = 3): Promise<void> => {
  for (let turn = 0; turn < count; turn++)
    await new Promise<void>((next) => {
      setImmediate(next);
    });
};

export type FolderPartners = TwoPartners & {
  readonly folder: MemoryFolder;
  /** By both; in order by each. */
  readonly done: () => readonly Operation[];
  /** Of each whole file that one of the two wrote, Anna's being `by: "me"`. */
  readonly contents: () => Promise<ReadonlyMap<string, FileContent>>;
  /** Seconds of the clock, with room for what is under way. */
  readonly pass: (seconds: number) => Promise<void>;
};

export type FolderPartnersParts = {
  readonly seed: number;
  /** Of Anna's app. */
  readonly inspect?: Inspect;
  /** What each one's shell gives; else one folder in memory. */
  readonly shells?: { readonly anna: SharedFiles; readonly sam: SharedFiles };
};

/** Two whole journals with a folder between them; they have met, and the link is cut. */
export const createFolderPartners = async ({
  seed,
  inspect,
  shells,
}: FolderPartnersParts): Promise<FolderPartners> => {
  const folder = createMemoryFolder();
  const annas = watchFiles(shells?.anna ?? folder.files, inspect);
  const sams = watchFiles(shells?.sam ?? folder.files);
  let devices: readonly [DeviceId, DeviceId] | undefined;
  const partners = await createTwoPartners({
    seed,
    alsoBy: ({ capsuleRoot, folderPhotos, me, peer: partner }, { clock, random, isAlive }) => {
      // Anna's opens first.
      devices ??= [me, partner];
      return [
        createFolderCarrier({
          ...{ root: capsuleRoot, photos: folderPhotos, me, partner, clock, random },
          files: whileAlive((me === devices[0] ? annas : sams).files, isAlive),
        }),
      ];
    },
  });
  await partners.settle(1);
  partners.link.cut();
  return {
    ...partners,
    folder,
    done: () => [...annas.done, ...sams.done],
    contents: async () =>
      devices === undefined
        ? new Map()
        : contentsIn(folder, capsuleRootOf(crkOf(seed)), ...devices),
    pass: async (seconds) => {
      for (let past = 0; past < seconds * 1_000; past += 500) {
        await turns();
        partners.clock.advance(500);
      }
      await turns();
    },
  };
};

/** A process that is gone does nothing more to a folder, and hears nothing of what it asked. */
const whileAlive = (files: SharedFiles, isAlive: () => boolean): SharedFiles => {
  const guard = async <Value>(run: () => Promise<Value>): Promise<Value> => {
    const never = new Promise<never>(() => {});
    if (!isAlive()) return never;
    const value = await run();
    return isAlive() ? value : never;
  };
  return {
    list: () => guard(files.list),
    read: (name) => guard(() => files.read(name)),
    put: (name, bytes) => guard(() => files.put(name, bytes)),
    remove: (name) => guard(() => files.remove(name)),
    onChange: (listener) => files.onChange(() => isAlive() && listener()),
  };
};
