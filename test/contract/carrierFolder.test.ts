import { beforeAll } from "vitest";
import type { SharedFiles } from "../../shared/base/files.ts";
import { systemClock, type Clock } from "../../shared/base/clock.ts";
import { newId, type DeviceId } from "../../shared/base/ids.ts";
import { systemRandom } from "../../shared/base/random.ts";
import { refuse } from "../../shared/base/result.ts";
import { capsuleRootOf } from "../../shared/carry/capsule/head.ts";
import { createFolderCarrier } from "../../shared/carry/folder/folderCarrier.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { envelopeKey } from "../../shared/envelope/envelope.ts";
import { createMemoryFolder } from "../support/memorySharedFolder.ts";
import { carrierSuite, type CarrierDesk, type CarrierPair } from "./carrier.suite.ts";
import { createCarrierDesk } from "./carrierAirlock.ts";

beforeAll(loadSodium);

/** Twenty times as fast: seconds are gathered, and minutes pass between looks. */
const quickClock: Clock = {
  now: () => systemClock.now() * 20,
  after: (ms, run) => systemClock.after(ms / 20, run),
};

/** The folder as a program keeps it that copies at once, until it is cut off. */
const openFolderPair = async (): Promise<CarrierPair> => {
  const folder = createMemoryFolder();
  let cut = false;
  const told = <Value>(done: Value): Value => {
    folder.change();
    return done;
  };
  const files: SharedFiles = {
    ...folder.files,
    list: async () => (cut ? refuse("FOLDER_GONE") : folder.files.list()),
    put: async (name, bytes) => told(await folder.files.put(name, bytes)),
    remove: async (name) => told(await folder.files.remove(name)),
  };
  const root = capsuleRootOf(systemRandom(32));
  const devices = [newId<DeviceId>(systemRandom), newId<DeviceId>(systemRandom)] as const;
  const known = new Map<string, string>();
  const deskOf = (me: DeviceId, partner: DeviceId): CarrierDesk => {
    const desk = createCarrierDesk(
      createFolderCarrier({ files, root, me, partner, clock: quickClock, random: systemRandom }),
      { keyOf: envelopeKey, known },
    );
    return {
      carry: async () => desk.carry(),
      stop: desk.stop,
      put: async (some) => desk.put(some),
      remove: async (name) => desk.remove(name),
      overwrite: async (name) => desk.overwrite(name),
      summary: async () => desk.summary(),
      events: async () => desk.events(),
    };
  };
  const [ada, ben] = [deskOf(devices[0], devices[1]), deskOf(devices[1], devices[0])];
  return {
    ada,
    ben,
    cut: async () => {
      cut = true;
    },
    heal: async () => {
      cut = false;
      folder.change();
    },
    close: async () => {
      await Promise.all([ada.stop(), ben.stop()]);
    },
  };
};

carrierSuite("folder", openFolderPair, { meet: 10_000, heal: 15_000, bulk: 30_000 }, "stores");
