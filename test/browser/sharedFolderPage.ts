import { createBrowserSharedFolder } from "../../renderer/shell/browserSharedFolder.ts";
import { keptInDatabase, type Place } from "../../renderer/shell/chosenPlace.ts";
import { type MakeObserver, observerOf } from "../../renderer/shell/placeWatch.ts";
import type { LaidFile } from "../../renderer/shell/putFile.ts";
import type { SharedFolder } from "../../shared/bridge/sharedFolder.ts";
import { sharedFilesContract } from "../contract/sharedFiles.suite.ts";
import { createManualClock } from "../support/manualClock.ts";
import { must } from "../support/twoPartners.ts";

/** The page's own storage stands for a disk; a folder in it for the one that was chosen. */
const clock = createManualClock();
const storage = () => navigator.storage.getDirectory();
const folderNamed = async (name: string) =>
  (await storage()).getDirectoryHandle(name, { create: true });

const names = async (of: string): Promise<readonly string[]> => {
  const found: string[] = [];
  for await (const name of (await folderNamed(of)).keys()) found.push(name);
  return found.toSorted();
};
const lay = async (of: string, name: string, bytes: Uint8Array): Promise<void> => {
  const handle = await (await folderNamed(of)).getFileHandle(name, { create: true });
  const stream = await handle.createWritable();
  await stream.write(bytes.slice());
  await stream.close();
};

let picks: string | undefined;
/** What the browser answers where it is asked whether the page may write. */
let allowed: PermissionState | undefined;

const asked = (folder: FileSystemDirectoryHandle): FileSystemDirectoryHandle =>
  allowed === undefined ? folder : Object.assign(folder, permissions);
const permissions = {
  queryPermission: async () => allowed ?? "granted",
  requestPermission: async () => (allowed = "granted"),
};

/** As the page is after a start: what it keeps lies in a database by this name. */
const start = (database: string, makeObserver?: MakeObserver): SharedFolder => {
  const kept = keptInDatabase<Place>(database, "chosen");
  return createBrowserSharedFolder(
    {
      pickFolder: async () => (picks === undefined ? undefined : folderNamed(picks)),
      kept: {
        ...kept,
        read: async () => {
          const place = await kept.read();
          return place === undefined ? undefined : { ...place, folder: asked(place.folder) };
        },
      },
      laid: keptInDatabase<LaidFile>(database, "laid"),
      makeObserver,
    },
    clock,
  );
};

/** What is watched with the browser's own observer. */
let watched: SharedFolder | undefined;
let heard = 0;

type Told = Parameters<MakeObserver>[0];
const noRecords: Told = () => {};

let folders = 0;
const fresh = () => `folder${folders++}`;
const ready = async (name: string, makeObserver?: MakeObserver): Promise<SharedFolder> => {
  picks = name;
  const shared = start(name, makeObserver);
  must(await shared.chooseFolder());
  return shared;
};

const contract = sharedFilesContract(async () => {
  const name = fresh();
  return {
    files: await ready(name),
    names: () => names(name),
    lay: (to, bytes) => lay(name, to, bytes),
    takeFolderAway: async () => (await storage()).removeEntry(name, { recursive: true }),
  };
});

const story = {
  promises: () => contract.map(({ name }) => name),
  keep: async (promise: string): Promise<string> => {
    try {
      await contract.find(({ name }) => name === promise)?.run();
      return "kept";
    } catch (problem) {
      return String(problem);
    }
  },
  /** Chosen, and what a start after it finds; then not chosen, not allowed, allowed, forgotten. */
  choose: async () => {
    picks = undefined;
    const database = fresh();
    const before = must(await start(database).chooseFolder());
    await ready(database);
    picks = undefined;
    const closed = must(await start(database).chooseFolder());
    allowed = "prompt";
    const again = start(database);
    let hints = 0;
    const stop = again.onChange(() => hints++);
    const asks = await again.folder();
    const refused = await again.list();
    const put = await again.put("one.twofold", Uint8Array.of(1));
    const after = await again.askAgain();
    clock.advance(1000);
    const listed = await again.list();
    stop();
    allowed = undefined;
    must(await again.forgetFolder());
    const forgotten = await start(database).folder();
    return { before, closed, asks, refused, put, after, hints, listed, forgotten };
  },
  notOffered: async () => {
    const none = { read: async () => undefined, write: async () => {} };
    const parts = { pickFolder: undefined, kept: none, laid: none, makeObserver: undefined };
    return createBrowserSharedFolder(parts, clock).folder();
  },
  /** A folder with the ending of a capsule. */
  folderWithin: async () => {
    const name = fresh();
    const shared = await ready(name);
    await (await folderNamed(name)).getDirectoryHandle("one.twofold", { create: true });
    const codes = [
      await shared.read("one.twofold"),
      await shared.put("one.twofold", Uint8Array.of(1)),
      await shared.remove("one.twofold"),
    ].map((answer) => (answer.ok ? "ok" : answer.code));
    return { listed: must(await shared.list()), codes, names: await names(name) };
  },
  /** The disk refuses at `call`; what is there then, and whether it goes the next time. */
  refusedAt: async (call: "createWritable" | "write" | "close", problem: string) => {
    const name = fresh();
    const shared = await ready(name);
    const refuses = () => Promise.reject(new DOMException("/home/sam/secret", problem));
    const of =
      call === "createWritable"
        ? FileSystemFileHandle.prototype
        : FileSystemWritableFileStream.prototype;
    const own = Object.getOwnPropertyDescriptor(of, call);
    Object.defineProperty(of, call, { configurable: true, value: refuses });
    const put = await shared.put("one.twofold", Uint8Array.of(1));
    if (own === undefined) Reflect.deleteProperty(of, call);
    else Object.defineProperty(of, call, own);
    const left = await names(name);
    const again = must(await shared.put("one.twofold", Uint8Array.of(1)));
    return { put, left, again: again ?? "ok", names: await names(name) };
  },
  /** Writes and never closes; to be left with the page. */
  beginAndNeverClose: async () => {
    await ready("cut off");
    const stop = () => new Promise<void>(() => {});
    FileSystemWritableFileStream.prototype.close = stop;
    void start("cut off").put("one.twofold", new Uint8Array(1000));
  },
  namesOf: names,
  lookAgain: async () => {
    await lay("cut off", "somebody else’s.twofold", new Uint8Array());
    const shared = start("cut off");
    const listed = must(await shared.list()).map(({ name, size }) => `${name} ${size}`);
    must(await shared.put("one.twofold", Uint8Array.of(1)));
    return { listed, names: await names("cut off") };
  },
  /** With an observer in the test's hand: what is heard of which records, and how often it was begun. */
  observed: async () => {
    const name = fresh();
    const seen = {
      begun: 0,
      ended: 0,
      told: noRecords,
    };
    const shared = await ready(name, (told) => {
      seen.told = told;
      return {
        observe: async () => {
          seen.begun++;
        },
        disconnect: () => {
          seen.ended++;
        },
      };
    });
    clock.advance(1000);
    let hints = 0;
    const stop = shared.onChange(() => hints++);
    const heard = async (type: string, ...relativePathComponents: string[]) => {
      must(await shared.list());
      hints = 0;
      for (let count = 0; count < 5; count++) seen.told([{ type, relativePathComponents }]);
      clock.advance(1000);
      return hints;
    };
    const counts = {
      ours: await heard("appeared", "one.twofold"),
      half: await heard("appeared", "one.twofold.crswap"),
      below: await heard("modified", "below", "one.twofold"),
      errored: await heard("errored"),
      gone: await heard("disappeared"),
    };
    await shared.list();
    await Promise.all([shared.list(), shared.list()]);
    const { begun, ended } = seen;
    must(await shared.forgetFolder());
    stop();
    return { ...counts, begun, ended, atLast: seen.ended, waiting: clock.waiting() };
  },
  watch: async () => {
    watched = await ready("watched", observerOf(window));
    watched.onChange(() => heard++);
    must(await watched.list());
  },
  lookAtWatched: async () => {
    const listed = await watched?.list();
    return listed?.ok === true ? "listed" : listed?.code;
  },
  layInWatched: (name: string) => lay("watched", name, Uint8Array.of(1)),
  takeWatchedAway: async () => (await storage()).removeEntry("watched", { recursive: true }),
  bringWatchedBack: async () => {
    await folderNamed("watched");
  },
  waiting: () => clock.waiting(),
  hints: () => {
    clock.advance(1000);
    const hints = heard;
    heard = 0;
    return hints;
  },
};
export type SharedFolderStory = typeof story;
Object.assign(globalThis, { story });
