import { beforeEach, describe, expect, test, vi } from "vitest";
import type { DeviceSecret } from "../../shared/bridge/bridge.ts";
import { createFaultyDisk, type FaultyDisk, newFolder, type Plan } from "../support/faultyDisk.ts";
import { faultyFs } from "../support/faultyDiskFs.ts";
import { createManualClock } from "../support/manualClock.ts";
import { seededRandom } from "../support/seededRandom.ts";
import { createStandIn } from "../electron/standIn.ts";

/** Every store of electron/ over a disk that loses power at every step, refuses at every step, or is full from one on. */

const now = vi.hoisted(() => ({ disk: undefined as FaultyDisk | undefined }));

const disk = (): FaultyDisk => {
  if (now.disk === undefined) throw new Error("there is no disk yet");
  return now.disk;
};

vi.mock("node:fs/promises", () => {
  const fs = faultyFs(disk);
  return { ...fs, default: fs };
});

const standIn = createStandIn();
vi.doMock("electron", () => standIn.electron);
const { renameOver, writeAtomically } = await import("../../electron/atomicFile.ts");
const { createSafeFiles } = await import("../../electron/safeFiles.ts");
const { createDeviceSecret } = await import("../../electron/deviceSecret.ts");
const { createKeptFolder } = await import("../../electron/keptFolder.ts");
const { createSharedFolder } = await import("../../electron/sharedFolder.ts");
const { createBackupFiles } = await import("../../electron/backupFiles.ts");
const { createUpdateMemory } = await import("../../electron/updates/memory.ts");
const { readSmallFile, writeSmallFile } = await import("../../electron/smallFile.ts");
const v = await import("valibot");

const profile = "/home/sam/config/Twofold/profile-default";
const chosen = "/media/stick";

/** What a person sees of a store: one text for each state. Every call is a start of the app. */
type Store = {
  /** From nothing to the old state. */
  readonly before: () => Promise<void>;
  /** To the new state; rejects or answers with a code where the disk refuses. */
  readonly act: () => Promise<string | void>;
  readonly read: () => Promise<string>;
  readonly old: string;
  readonly fresh: string;
  /** As good as `fresh`. */
  readonly also?: string;
};

const freshOf = ({ fresh, also }: Store) => (also === undefined ? [fresh] : [fresh, also]);

const text = (bytes: Uint8Array | undefined) =>
  bytes === undefined ? "none" : Buffer.from(bytes).toString("utf8");
const bytes = (words: string) => new Uint8Array(Buffer.from(words.repeat(300)));
const told = (result: { ok: boolean; code?: string }) => (result.ok ? undefined : result.code);
const must = <Value>(result: { ok: true; value: Value } | { ok: false; code: string }): Value => {
  if (!result.ok) throw Object.assign(new Error(result.code), { told: result.code });
  return result.value;
};

const safe = () => createSafeFiles(`${profile}/safe`);
const readVault = async () => text(must(await (await safe()).read("vault")));

const safeFile = (from: string | undefined, to: string | undefined): Store => ({
  before: async () => {
    const files = await safe();
    if (from !== undefined) must(await files.write("vault", bytes(from)));
  },
  act: async () => {
    const files = await safe();
    return told(
      to === undefined ? await files.remove("vault") : await files.write("vault", bytes(to)),
    );
  },
  read: readVault,
  old: from === undefined ? "none" : from.repeat(300),
  fresh: to === undefined ? "none" : to.repeat(300),
});

const noteOf = (path: string, folder = chosen) =>
  createKeptFolder({ path: `${profile}/${path}`, askFolder: async () => folder });
const keptNote = (path: string, forget: boolean): Store => ({
  before: async () => void (await noteOf(path, "/media/old").choose()),
  act: async () => void (await (forget ? noteOf(path).forget() : noteOf(path).choose())),
  read: async () => (await noteOf(path).read())?.folder ?? "none",
  old: "/media/old",
  fresh: forget ? "none" : chosen,
});

const smallSchema = v.strictObject({ width: v.number() });
const small = (file: string): Store => ({
  before: () => writeSmallFile(`${profile}/${file}`, { width: 1 }),
  act: () => writeSmallFile(`${profile}/${file}`, { width: 22222 }),
  read: async () =>
    String((await readSmallFile(`${profile}/${file}`, smallSchema))?.width ?? "none"),
  old: "1",
  fresh: "22222",
});

const memory = () => createUpdateMemory(`${profile}/updates.json`);
const updatesSeen: Store = {
  before: async () => must(await memory().change({ lookedAt: 1 })),
  act: async () => told(await memory().change({ lookedAt: 22222 })),
  read: async () => String((await memory().read()).lookedAt),
  old: "1",
  fresh: "22222",
};

const shared = () =>
  createSharedFolder({
    path: `${profile}/shared-folder.json`,
    askFolder: async () => chosen,
    watch: () => () => {},
    clock: createManualClock(0),
  });
const sharedName = `${"ab".repeat(16)}.twofold`;
const sharedFile: Store = {
  before: async () => void must(await shared().chooseFolder()),
  act: async () => told(await shared().put(sharedName, bytes("a capsule"))),
  read: async () => {
    const read = await shared().read(sharedName);
    return read.ok ? text(read.value) : read.code;
  },
  old: "FILE_GONE",
  fresh: "a capsule".repeat(300),
};

let minute = 0;
const backups = () =>
  createBackupFiles({
    path: `${profile}/backup-folder.json`,
    askFolder: async () => chosen,
    askFile: async () => undefined,
    now: () => 1_790_000_000_000 + 60_000 * minute,
  });
const makeBackup = async (words: string): Promise<string | undefined> => {
  minute += 1;
  const files = backups();
  const begun = await files.begin("folder");
  if (!begun.ok) return begun.code;
  const ticket = begun.value?.ticket ?? 0;
  for (const step of [
    () => files.write(ticket, bytes(words)),
    () => files.finish(ticket),
    () => files.keep(ticket),
  ]) {
    const done = await step();
    if (done.ok) continue;
    await files.discard(ticket);
    return done.code;
  }
  return undefined;
};
/** All that stands there under a backup's name: each must be whole. */
const backupFile: Store = {
  before: async () => {
    minute = 0;
    must(await backups().chooseFolder());
    for (const words of ["first", "second", "third"]) await makeBackup(words);
  },
  act: () => makeBackup("newest"),
  read: async () => {
    const folder = disk().look(chosen);
    if (folder?.kind !== "folder") return "gone";
    const whole = [...folder.now]
      .filter(([name]) => name.endsWith(".twofold"))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, file]) => (file.kind === "file" ? text(file.now) : ""));
    const known = ["first", "second", "third", "newest"];
    return whole.map((words) => known.find((one) => one.repeat(300) === words) ?? "torn").join(" ");
  },
  old: "first second third",
  fresh: "second third newest",
  // The oldest goes once the newest is safe, and not before.
  also: "first second third newest",
};

const secret = (vaultIsThere: boolean): DeviceSecret =>
  createDeviceSecret({
    path: `${profile}/safe/device-secret`,
    isVaultThere: async () => vaultIsThere,
    platform: "linux",
  });
const hex = (one: Uint8Array) => Buffer.from(one).toString("hex").slice(0, 8);
let seen: { first: string; renewed: string } = { first: "", renewed: "" };
const readSecrets = async () => {
  const obtained = await secret(true).obtain();
  if (!obtained.ok) return obtained.code;
  return [obtained.value.secret, ...(obtained.value.earlier ?? [])].map(hex).join(" ");
};

const stores: Readonly<Record<string, Store>> = {
  "the vault, made": safeFile(undefined, "new"),
  "the vault, a passphrase changed": safeFile("old", "anew"),
  "the vault, removed": safeFile("old", undefined),
  "the note of the backups’ folder": keptNote("backup-folder.json", false),
  "the note of the shared folder, forgotten": keptNote("shared-folder.json", true),
  "where the window stood": small("window.json"),
  "what updates remember": updatesSeen,
  "a file in the shared folder": sharedFile,
  "a backup": backupFile,
};

const everyStore = Object.entries(stores);

/** A computer that has just been bought: nothing of ours is on it, and what is there has been written long ago. */
const newComputer = (): void => {
  now.disk = createFaultyDisk();
  for (const path of ["/home", "/home/sam", "/home/sam/config", "/media", chosen])
    disk().place(path, newFolder());
  disk().settle();
  // As electron/main.ts does before anything else, and by nothing that waits for the disk.
  for (const path of ["/home/sam/config/Twofold", profile]) disk().place(path, newFolder());
};

const run = (store: Store, plan: Plan): Promise<"killed" | "done" | "refused"> => {
  disk().plan(plan);
  const acted = store.act().then(
    (code) => (code === undefined ? ("done" as const) : ("refused" as const)),
    () => "refused" as const,
  );
  // Whatever can go on has gone on after so many turns; a killed one never answers.
  const killed = (async () => {
    for (let turn = 0; turn < 400; turn++) await Promise.resolve();
    await new Promise((soon) => setImmediate(soon));
    await new Promise((soon) => setImmediate(soon));
    return "killed" as const;
  })();
  return Promise.race([acted, killed]);
};

const prepared = async (store: Store): Promise<void> => {
  newComputer();
  // What electron/main.ts begins with.
  await safe();
  await store.before();
};

const stepsOf = async (store: Store): Promise<number> => {
  await prepared(store);
  disk().plan({});
  await store.act();
  return disk().steps();
};

const powers = 24;

beforeEach(() => {
  standIn.keychain.keychain.backend = "gnome_libsecret";
});

describe("power loss", () => {
  test.each(everyStore)("at any step leaves %s as it was or as it was to be", async (_, store) => {
    const steps = await stepsOf(store);
    expect(steps).toBeGreaterThan(0);
    const again: string[] = [];
    for (let step = 0; step <= steps; step++) {
      for (let power = 0; power < powers; power++) {
        await prepared(store);
        disk().settle();
        const end = await run(store, { killAt: step });
        disk().losePower(seededRandom(step * 1000 + power));
        const state = await store.read();
        const may = [...(end === "done" ? [] : [store.old]), ...freshOf(store)];
        expect(may, `step ${step} of ${steps}, power ${power}, ${end}`).toContain(state);
        if (state === store.old && power === 0) {
          await store.act();
          again.push(await store.read());
        }
      }
    }
    for (const state of again) expect(freshOf(store)).toContain(state);
  });

  test.each(everyStore)(
    "right after the first word of all takes nothing of %s",
    async (_, store) => {
      for (let power = 0; power < powers; power++) {
        await prepared(store);
        expect(await run(store, {})).toBe("done");
        disk().losePower(seededRandom(power));
        expect(freshOf(store)).toContain(await store.read());
      }
    },
  );

  test("at any step of making, renewing and forgetting this computer's secret loses none that is needed", async () => {
    const acts: Record<string, () => Promise<unknown>> = {
      renew: async () => must(await secret(true).renew()),
      forget: async () => must(await secret(true).forgetEarlier()),
    };
    for (const [name, act] of Object.entries(acts)) {
      for (let step = 0; step < 12; step++) {
        for (let power = 0; power < powers; power++) {
          newComputer();
          await safe();
          const first = hex(must(await secret(false).obtain()).secret);
          const renewed = name === "forget" ? hex(must(await secret(true).renew()).secret) : "";
          seen = { first, renewed };
          const end = await run({ act: act as Store["act"] } as Store, { killAt: step });
          disk().losePower(seededRandom(step * 1000 + power));
          const secrets = (await readSecrets()).split(" ");
          // Renewing: the vault still hangs on the first. Forgetting: it hangs on the renewed one.
          expect(secrets, `${name}, step ${step}, ${end}`).toContain(
            name === "renew" ? seen.first : seen.renewed,
          );
          const isForgotten = !secrets.includes(seen.first);
          expect(isForgotten || name === "renew" || end !== "done").toBe(true);
        }
      }
    }
  });
});

describe("a disk that refuses", () => {
  test.each(
    everyStore.flatMap(([name, store]) =>
      ["EIO", "ENOSPC", "EACCES"].map((code) => ({ name, store, code })),
    ),
  )(
    "at any step with $code leaves $name as it was or as it was to be, and the next try goes through",
    async ({ store, code }) => {
      const steps = await stepsOf(store);
      for (let step = 0; step < steps; step++) {
        for (const lasting of [false, true]) {
          await prepared(store);
          disk().settle();
          const end = await run(store, { failAt: step, code, lasting });
          disk().plan({});
          const state = await store.read();
          expect([...(end === "done" ? [] : [store.old]), ...freshOf(store)]).toContain(state);
          const next = state === store.old ? await store.act() : undefined;
          expect(next).toBeUndefined();
          expect(freshOf(store)).toContain(await store.read());
        }
      }
    },
  );

  test.each(everyStore)("leaves nothing half beside %s at the next start", async (name, store) => {
    const steps = await stepsOf(store);
    for (const plan of ["failAt", "killAt"] as const)
      for (let step = 0; step < steps; step++) {
        await prepared(store);
        disk().settle();
        await run(store, { [plan]: step, code: "ENOSPC", lasting: true });
        disk().losePower(seededRandom(step));
        // The next start: the shared folder and the backups look after their own.
        await safe();
        await shared().list();
        await store.act();
        for (const folder of [`${profile}/safe`, profile, chosen]) {
          const found = disk().look(folder);
          const names = found?.kind === "folder" ? [...found.now.keys()] : [];
          const left = names.filter((one) => one.endsWith(".new"));
          expect({ name, left }).toEqual({ name, left: [] });
        }
      }
  });
});

describe("a rename that another program holds up", () => {
  const held = async (platform: NodeJS.Platform, code: string, lasting: boolean) => {
    newComputer();
    for (const name of ["a", "b"]) await writeAtomically(`${profile}/${name}`, bytes(name));
    const waits: number[] = [];
    disk().plan({ failAt: 0, code, lasting });
    const done = await renameOver(`${profile}/a`, `${profile}/b`, {
      platform,
      pause: async (ms) => waits.push(ms),
    }).then(
      () => "done",
      (problem: unknown) => (problem instanceof Error && "code" in problem ? problem.code : ""),
    );
    disk().plan({});
    const there = disk().look(`${profile}/b`);
    return { done, waits, there: there?.kind === "file" ? text(there.now).slice(0, 1) : "" };
  };

  test.each(["EPERM", "EACCES", "EBUSY"])(
    "goes through a moment later on Windows: %s",
    async (code) => {
      expect(await held("win32", code, false)).toEqual({ done: "done", waits: [10], there: "a" });
    },
  );

  test("for good is said after less than two seconds, and the old file stands", async () => {
    const { done, waits, there } = await held("win32", "EBUSY", true);
    expect({ done, there }).toEqual({ done: "EBUSY", there: "b" });
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThan(2_000);
  });

  test.each([
    ["linux", "EPERM"],
    ["darwin", "EBUSY"],
    ["win32", "ENOSPC"],
  ] as const)("is a refusal at once on %s with %s", async (platform, code) => {
    expect(await held(platform, code, false)).toEqual({ done: code, waits: [], there: "b" });
  });
});
