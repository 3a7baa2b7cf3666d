import type { Random } from "../../shared/base/random.ts";

/**
 * A disk as power loss sees it: what was written lies in memory until it is synced, the content of a file apart from
 * its name. Only what POSIX promises is kept: a synced file's bytes, a synced folder's names. Of everything else any
 * part may be on the disk afterwards, in any state of tearing.
 */
type Inode = FileInode | FolderInode;
type FileInode = {
  readonly kind: "file";
  now: Uint8Array;
  synced: Uint8Array;
};
type FolderInode = {
  readonly kind: "folder";
  now: Map<string, Inode>;
  synced: Map<string, Inode>;
  /** Since the last sync, in order. A rename is one: it happens whole or not at all. */
  unsynced: ((names: Map<string, Inode>) => void)[];
};

export type FaultyDisk = {
  /** Everything that ran before `plan` counts from here. */
  readonly plan: (plan: Plan) => void;
  /** Operations that change or sync something since the last `plan`. */
  readonly steps: () => number;
  /** What is on the disk when the power comes back. All that was running is gone. */
  readonly losePower: (random: Random) => void;
  /** Whether nothing of a file or a name would be lost now. */
  readonly isAllSynced: () => boolean;
  /** As after minutes without work: nothing waits any more. */
  readonly settle: () => void;
  readonly look: (path: string) => Inode | undefined;
  readonly change: <Value>(what: string, run: (half: boolean) => Value) => Promise<Value>;
  readonly sync: (inode: Inode) => void;
  readonly place: (path: string, inode: Inode | undefined) => void;
  readonly move: (from: string, to: string) => void;
};

/** `killAt`: the operation with this number never comes back. `failAt`: it throws `code`, and may leave a half. */
export type Plan = {
  readonly killAt?: number;
  readonly failAt?: number;
  readonly code?: string;
  /** From there on every operation that needs room. */
  readonly lasting?: boolean;
};

export const systemProblem = (code: string): Error =>
  Object.assign(new Error(`${code}: on a disk that is not there`), { code });

export const newFile = (): FileInode => ({
  kind: "file",
  now: new Uint8Array(),
  synced: new Uint8Array(),
});

export const newFolder = (): FolderInode => ({
  kind: "folder",
  now: new Map(),
  synced: new Map(),
  unsynced: [],
});

const split = (path: string): readonly string[] =>
  path.split(/[\\/]/u).filter((name) => name !== "");

export const createFaultyDisk = (): FaultyDisk => {
  const root = newFolder();
  let plan: Plan = {};
  let step = 0;
  let life = {};

  const look = (path: string): Inode | undefined => {
    let at: Inode | undefined = root;
    for (const name of split(path)) at = at?.kind === "folder" ? at.now.get(name) : undefined;
    return at;
  };
  const folderOf = (path: string): { folder: FolderInode; name: string } => {
    const names = split(path);
    const folder = look(names.slice(0, -1).join("/"));
    if (folder === undefined) throw systemProblem("ENOENT");
    if (folder.kind !== "folder") throw systemProblem("ENOTDIR");
    return { folder, name: names.at(-1) ?? "" };
  };
  const rename = (folder: FolderInode, act: (names: Map<string, Inode>) => void): void => {
    act(folder.now);
    folder.unsynced.push(act);
  };
  const each = (inode: Inode, see: (one: Inode) => void): void => {
    see(inode);
    if (inode.kind === "folder") for (const one of inode.now.values()) each(one, see);
  };

  return {
    plan: (next) => {
      plan = next;
      step = 0;
    },
    steps: () => step,
    look,
    change: async (what, run) => {
      const mine = life;
      // The order of two operations at once is theirs, not ours.
      await Promise.resolve();
      const number = step++;
      if (mine !== life || (plan.killAt !== undefined && number >= plan.killAt)) {
        if (number === plan.killAt && what !== "sync") run(true);
        return new Promise<never>(() => {});
      }
      const fails =
        plan.failAt !== undefined &&
        (number === plan.failAt ||
          (plan.lasting === true && number > plan.failAt && what !== "unlink" && what !== "sync"));
      if (!fails) return run(false);
      if (what === "write") run(true);
      throw systemProblem(plan.code ?? "EIO");
    },
    sync: (inode) => {
      if (inode.kind === "file") inode.synced = inode.now.slice();
      else {
        inode.synced = new Map(inode.now);
        inode.unsynced = [];
      }
    },
    place: (path, inode) => {
      const { folder, name } = folderOf(path);
      rename(folder, (names) => {
        if (inode === undefined) names.delete(name);
        else names.set(name, inode);
      });
    },
    move: (from, to) => {
      const source = folderOf(from);
      const target = folderOf(to);
      const inode = source.folder.now.get(source.name);
      if (inode === undefined) throw systemProblem("ENOENT");
      if (source.folder !== target.folder) throw new Error("nothing of ours moves between folders");
      rename(source.folder, (names) => {
        names.delete(source.name);
        names.set(target.name, inode);
      });
    },
    settle: () => {
      each(root, (inode) => {
        if (inode.kind === "file") inode.synced = inode.now.slice();
        else {
          inode.synced = new Map(inode.now);
          inode.unsynced = [];
        }
      });
    },
    isAllSynced: () => {
      let all = true;
      each(root, (inode) => {
        if (inode.kind === "folder") all &&= inode.unsynced.length === 0;
        else all &&= Buffer.compare(inode.now, inode.synced) === 0;
      });
      return all;
    },
    losePower: (random) => {
      life = {};
      plan = {};
      const seen = new Set<Inode>();
      const settle = (inode: Inode): void => {
        if (seen.has(inode)) return;
        seen.add(inode);
        if (inode.kind === "file") {
          inode.now = tear(inode.synced, inode.now, random);
          inode.synced = inode.now.slice();
          return;
        }
        const names = new Map(inode.synced);
        // Any of them, in their order: a file system may write the newest name first.
        for (const act of inode.unsynced) if ((random(1)[0] ?? 0) % 2 === 0) act(names);
        inode.now = names;
        inode.synced = new Map(names);
        inode.unsynced = [];
        for (const one of names.values()) settle(one);
      };
      settle(root);
    },
  };
};

/** Bytes that were never synced: as before, as after, cut off, or with holes of zeros where pages were not written. */
const tear = (before: Uint8Array, after: Uint8Array, random: Random): Uint8Array => {
  if (Buffer.compare(before, after) === 0) return after.slice();
  const [kind = 0, high = 0, low = 0] = random(3);
  const at = (high * 256 + low) % (Math.max(before.length, after.length) + 1);
  switch (kind % 5) {
    case 0:
      return before.slice();
    case 1:
      return after.slice();
    case 2:
      return after.slice(0, at);
    case 3: {
      const zeros = after.slice();
      zeros.fill(0, at);
      return zeros;
    }
    default: {
      // New pages over old ones, or the reverse.
      const mixed = after.slice();
      mixed.set(before.subarray(0, Math.min(at, after.length)));
      return mixed;
    }
  }
};
