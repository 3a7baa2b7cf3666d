import { createQueue } from "../base/queue.ts";
import type { Random } from "../base/random.ts";
import { accept, type Result } from "../base/result.ts";
import {
  drawerKeys,
  drawersInStep,
  firstSteps,
  makeFillers,
  readContent,
  readLabel,
  sealDrawer,
  type DrawerKind,
  type Part,
} from "./paddedDrawers.ts";
import type { DrawerStore, StoreCode, StoredDrawer } from "./stores.ts";

/** My room's drawers, opened with its key. Which of them hold something follows from their labels alone. */
export type Chest = {
  readonly names: (kind: DrawerKind) => readonly string[];
  /** How often the disk was looked at: what was written before the last time may not be there any more. */
  readonly looked: () => number;
  /** Its parts in order, none where it is not there; undefined for a part that is lost or damaged. */
  readonly read: (
    kind: DrawerKind,
    name: string,
  ) => Promise<Result<readonly (Part | undefined)[], StoreCode>>;
  /**
   * All of it in one transaction, and as many drawers as before, or whole MiB more. After DISK_FULL all is as it was;
   * after any other refusal the disk is looked at anew before the next writing.
   */
  readonly write: (...jobs: readonly DrawerJob[]) => Promise<Result<void, StoreCode>>;
  readonly close: () => Promise<void>;
};

/** Both are called when its turn has come, with nobody else's writing between them. */
export type DrawerJob = {
  readonly changes: () => readonly DrawerChange[];
  readonly settle?: (outcome: Result<void, StoreCode>) => void;
};

/** These parts in the place of all that the thing has from number `from` on. */
export type DrawerChange = {
  readonly kind: DrawerKind;
  readonly name: string;
  readonly from: number;
  readonly parts: readonly Part[];
};

export type ChestParts = {
  readonly store: DrawerStore;
  /** 32 bytes, made from the room's master key for this alone. */
  readonly key: Uint8Array;
  readonly random: Random;
};

export const openChest = async (parts: ChestParts): Promise<Result<Chest, StoreCode>> => {
  const { store, random } = parts;
  const keys = drawerKeys(parts.key);
  const queue = createQueue();
  const things = new Map<string, (string | undefined)[]>();
  let fillers: string[] = [];
  let total = 0;
  let inDoubt = true;
  let looked = 0;

  const thingOf = (kind: DrawerKind, name: string): (string | undefined)[] => {
    const known = things.get(`${kind} ${name}`);
    if (known !== undefined) return known;
    const fresh: (string | undefined)[] = [];
    things.set(`${kind} ${name}`, fresh);
    return fresh;
  };

  const look = async (): Promise<Result<void, StoreCode>> => {
    if (!inDoubt) return accept(undefined);
    const labels = await store.labels();
    if (!labels.ok) return labels;
    things.clear();
    fillers = [];
    total = labels.value.length;
    for (const label of labels.value) {
      const place = readLabel(keys, label);
      const thing = place.ok ? thingOf(place.value.kind, place.value.name) : [];
      if (!place.ok || thing[place.value.part] !== undefined) fillers.push(label);
      else thing[place.value.part] = label;
    }
    inDoubt = false;
    looked += 1;
    return accept(undefined);
  };

  /** Any of them: taken in the order of the disk, their gaps would show. */
  const takeFillers = (count: number): readonly string[] => {
    if (count === 0) return [];
    const drawn = new DataView(random(4 * count).slice().buffer);
    const rest = [...fillers];
    return Array.from({ length: count }, (_, index) => {
      const at = index + (drawn.getUint32(4 * index) % (rest.length - index));
      const taken = rest[at] ?? "";
      rest[at] = rest[index] ?? "";
      rest[index] = taken;
      return taken;
    });
  };

  const plan = (changes: readonly DrawerChange[]) => {
    const replaced = changes.flatMap(({ kind, name, from }) =>
      (things.get(`${kind} ${name}`) ?? []).slice(from).filter((label) => label !== undefined),
    );
    const fresh = changes.map(({ kind, name, from, parts: all }) =>
      all.map((part, index) => sealDrawer(keys, { kind, name, part: from + index }, part, random)),
    );
    const needed = fresh.reduce((sum, all) => sum + all.length, 0) - replaced.length;
    const taken = takeFillers(Math.min(Math.max(needed, 0), fillers.length));
    const after = total + needed - taken.length;
    const added = makeFillers(wholeSteps(Math.max(after, total)) - after, random);
    return { replaced, fresh, taken, added, after: after + added.length };
  };

  const write = async (changes: readonly DrawerChange[]): Promise<Result<void, StoreCode>> => {
    if (changes.length === 0) return accept(undefined);
    const { replaced, fresh, taken, added, after } = plan(changes);
    const into: readonly StoredDrawer[] = [...fresh.flat(), ...added];
    const swapped = await store.swap([...replaced, ...taken], shuffled(into, random));
    if (!swapped.ok) {
      inDoubt = swapped.code !== "DISK_FULL";
      return swapped;
    }
    for (const [index, { kind, name, from }] of changes.entries()) {
      const thing = thingOf(kind, name);
      thing.length = Math.min(thing.length, from);
      for (const [at, { label }] of (fresh[index] ?? []).entries()) thing[from + at] = label;
    }
    if (taken.length > 0) {
      const gone = new Set(taken);
      fillers = fillers.filter((label) => !gone.has(label));
    }
    for (const { label } of added) fillers.push(label);
    total = after;
    return swapped;
  };

  const first = await look();
  if (!first.ok) return first;
  return accept({
    looked: () => looked,
    names: (kind) =>
      [...things]
        .filter(([thing, labels]) => thing.startsWith(`${kind} `) && labels.length > 0)
        .map(([thing]) => thing.slice(kind.length + 1)),
    read: (kind, name) =>
      queue(async () => {
        const again = await look();
        if (!again.ok) return again;
        const labels = Array.from(things.get(`${kind} ${name}`) ?? []);
        const found = await store.read(labels.map((label) => label ?? ""));
        if (!found.ok) return found;
        return accept(
          labels.map((label, index) => {
            const content = found.value[index];
            return label === undefined || content === undefined
              ? undefined
              : readContent(keys, label, content);
          }),
        );
      }),
    write: (...jobs) =>
      queue(async () => {
        const again = await look();
        const outcome = again.ok ? await write(jobs.flatMap(({ changes }) => changes())) : again;
        if (again.ok) for (const { settle } of jobs) settle?.(outcome);
        return outcome;
      }),
    close: () => queue(() => store.close()),
  });
};

/**
 * Without any key, and so on every day, whether the room is used or not: fills the disk to its first size, and a
 * size that is no whole number of MiB up to the next.
 */
export const fillDrawers = async (
  store: DrawerStore,
  random: Random,
): Promise<Result<void, StoreCode>> => {
  const there = await store.count();
  if (!there.ok) return there;
  const missing = wholeSteps(there.value) - there.value;
  return missing === 0 ? accept(undefined) : store.swap([], makeFillers(missing, random));
};

const wholeSteps = (drawers: number): number =>
  Math.max(firstSteps, Math.ceil(drawers / drawersInStep)) * drawersInStep;

const shuffled = <Value>(values: readonly Value[], random: Random): readonly Value[] => {
  const drawn = new DataView(random(4 * values.length).slice().buffer);
  const all = values.map((value, index) => ({ value, order: drawn.getUint32(4 * index) }));
  return all.sort((one, other) => one.order - other.order).map(({ value }) => value);
};
