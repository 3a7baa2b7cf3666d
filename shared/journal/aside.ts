import * as v from "valibot";
import { fromBase64Url, readUtf8, toBase64Url, utf8 } from "../base/bytes.ts";
import type { Clock } from "../base/clock.ts";
import { createQueue } from "../base/queue.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import type { Bridge, SafeFileName } from "../bridge/bridge.ts";
import type { AsideCode, AsideJournal, Door } from "./journal.ts";

/**
 * One computer keeps one journal at a time, and any number that were put aside: their few sealed files lie in the
 * file "places", their pages where they were, in databases named by the number of the place (`now`). Nothing is ever
 * deleted by it, so that words or a passphrase that turn up later still open what was written.
 */
export type Aside = {
  /** Finishes what was interrupted. Before anything else is asked; DISK_FAILED may be asked again. */
  readonly ready: () => Promise<Result<void, AsideCode>>;
  /** The place in use; 0 where nothing was ever put aside. */
  readonly now: () => number;
  readonly list: () => readonly AsideJournal[];
  readonly putAside: () => Promise<Result<void, AsideCode>>;
  readonly goBack: (place: number) => Promise<Result<void, AsideCode>>;
};

type Name = Exclude<SafeFileName, "places">;
/** The compiler asks for each that there is: one that was left behind would be another journal's. */
const moved: Readonly<Record<Name, true>> = {
  vault: true,
  keyring: true,
  "room-vault": true,
  "room-keyring": true,
  restoring: true,
};
const names = Object.keys(moved) as readonly Name[];

const number = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const schema = v.strictObject({
  now: number,
  /** The files of `now` are not all laid out yet: they are those of its entry below, or none. */
  laying: v.boolean(),
  aside: v.array(
    v.strictObject({
      place: number,
      at: number,
      files: v.record(v.picklist(names), v.string()),
    }),
  ),
});
type Places = v.InferOutput<typeof schema>;

export const createAside = ({
  safe,
  deviceSecret,
  clock,
}: Pick<Bridge, "safe" | "deviceSecret"> & { readonly clock: Pick<Clock, "now"> }): Aside => {
  const inTurn = createQueue();
  let places: Places | undefined;

  const write = async (next: Places): Promise<Result<void, AsideCode>> => {
    const written = await safe.write("places", utf8(JSON.stringify(next)));
    if (!written.ok) return refuse("DISK_FAILED", written.code);
    places = next;
    return accept(undefined);
  };
  const lay = async (next: Places): Promise<Result<void, AsideCode>> => {
    const files = next.aside.find(({ place }) => place === next.now)?.files ?? {};
    for (const name of names) {
      const text = files[name];
      const bytes = text === undefined ? undefined : fromBase64Url(text);
      if (bytes?.ok === false) return refuse("DISK_FAILED", "places");
      const laid = await (bytes === undefined ? safe.remove(name) : safe.write(name, bytes.value));
      if (!laid.ok) return refuse("DISK_FAILED", laid.code);
    }
    const aside = next.aside.filter(({ place }) => place !== next.now);
    return write({ now: next.now, laying: false, aside });
  };
  const begin = async (): Promise<Result<Places, AsideCode>> => {
    if (places !== undefined && !places.laying) return accept(places);
    const found = await readPlaces(safe);
    if (!found.ok) return found;
    places = found.value;
    if (!places.laying) return accept(places);
    const laid = await lay(places);
    return laid.ok ? accept(places) : laid;
  };
  const take = async (): Promise<Result<Places["aside"][number]["files"], AsideCode>> => {
    const files: Partial<Record<Name, string>> = {};
    for (const name of names) {
      const file = await safe.read(name);
      if (!file.ok) return refuse("DISK_FAILED", file.code);
      if (file.value !== undefined) files[name] = toBase64Url(file.value);
    }
    return accept(files as Places["aside"][number]["files"]);
  };
  /** "places" goes first and says everything: whoever dies after it is finished by `begin`. */
  const moveTo = async (now: number, from: Places): Promise<Result<void, AsideCode>> => {
    const files = await take();
    if (!files.ok) return files;
    const left = { place: from.now, at: clock.now(), files: files.value };
    const kept = Object.keys(files.value).length === 0 ? from.aside : [left, ...from.aside];
    const next: Places = { now, laying: true, aside: kept };
    const written = await write(next);
    return written.ok ? lay(next) : written;
  };

  return {
    ready: () =>
      inTurn(async () => {
        const begun = await begin();
        return begun.ok ? accept(undefined) : begun;
      }),
    now: () => places?.now ?? 0,
    list: () =>
      (places?.aside ?? [])
        .filter(({ place }) => place !== places?.now)
        .map(({ place, at }) => ({ place, at })),
    putAside: () =>
      inTurn(async () => {
        const begun = await begin();
        if (!begun.ok) return begun;
        // A lost secret would keep the next journal from being made; what may return stays beside the new one.
        const found = await deviceSecret.obtain();
        if (!found.ok && found.code === "KEYCHAIN_LOST") {
          const renewed = await deviceSecret.renew();
          if (!renewed.ok) return refuse("DISK_FAILED", renewed.code);
        }
        const used = begun.value.aside.map(({ place }) => place);
        return moveTo(Math.max(begun.value.now, ...used) + 1, begun.value);
      }),
    goBack: (place) =>
      inTurn(async () => {
        const begun = await begin();
        if (!begun.ok) return begun;
        const known = begun.value.aside.some((one) => one.place === place);
        return known ? moveTo(place, begun.value) : refuse("NOT_THERE");
      }),
  };
};

/**
 * Whether this computer keeps a journal that was put aside: it still hangs on the secret of its day. True where it
 * cannot be told.
 */
export const isAnyAside = async (safe: Bridge["safe"]): Promise<boolean> => {
  const places = await readPlaces(safe);
  return !places.ok || places.value.aside.length > 0;
};

/** A door into the place that is in use. */
export const doorWithAside = (door: Omit<Door, "aside">, aside: Aside): Door => ({
  ...door,
  look: async () => {
    const ready = await aside.ready();
    return ready.ok ? door.look() : { state: "damaged", code: "DISK_FAILED" };
  },
  // Each of these reads the files of the place, so that none may come before what was interrupted is finished.
  create: async (...first) => ((await aside.ready()).ok ? door.create(...first) : notReady()),
  unlock: async (...given) => ((await aside.ready()).ok ? door.unlock(...given) : notReady()),
  unlockWithWords: async (...given) =>
    (await aside.ready()).ok ? door.unlockWithWords(...given) : notReady(),
  restore: async (...given) => ((await aside.ready()).ok ? door.restore(...given) : notReady()),
  aside: { list: aside.list, putAside: aside.putAside, goBack: aside.goBack },
});

const notReady = () => refuse("DISK_FAILED", "places");

const readPlaces = async (safe: Bridge["safe"]): Promise<Result<Places, AsideCode>> => {
  const file = await safe.read("places");
  if (!file.ok) return refuse("DISK_FAILED", file.code);
  if (file.value === undefined) return accept({ now: 0, laying: false, aside: [] });
  const text = readUtf8(file.value);
  const parsed = text.ok
    ? v.safeParse(v.pipe(v.string(), v.parseJson(), schema), text.value)
    : undefined;
  return parsed?.success === true ? accept(parsed.output) : refuse("DISK_FAILED", "places");
};
