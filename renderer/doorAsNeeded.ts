import { refuse } from "../shared/base/result.ts";
import { type TryBook, viewOfVault } from "../shared/journal/vaultView.ts";
import type { Bridge } from "../shared/bridge/bridge.ts";
import type { Clock } from "../shared/base/clock.ts";
import type { Door } from "../shared/journal/journal.ts";

type WholeDoor = Omit<Door, "aside">;

type Parts = {
  readonly safe: Pick<Bridge["safe"], "read">;
  readonly tries: TryBook;
  readonly clock: Pick<Clock, "now">;
  /** The door, and everything that an open journal shows. Rejects where it cannot be read. */
  readonly load: () => Promise<WholeDoor>;
  /** Once what is to be seen has been painted. */
  readonly afterPaint: (go: () => void) => void;
};

/**
 * A door whose lock comes after its screen: to show the unlock screen takes a look at one file, and the large rest
 * (cryptography, the places of an open journal) comes while the passphrase is typed. Nothing is unlocked before all
 * of it is there, so that nothing is missing afterwards.
 */
export const createDoorAsNeeded = ({ safe, tries, clock, load, afterPaint }: Parts): WholeDoor => {
  let whole: WholeDoor | undefined;
  let coming: Promise<WholeDoor | undefined> | undefined;

  const bring = async (): Promise<WholeDoor | undefined> => {
    try {
      whole = await load();
    } catch {
      // A disk that refused may do better when it is asked again.
      coming = undefined;
    }
    return whole;
  };
  const obtain = (): Promise<WholeDoor | undefined> => (coming ??= bring());
  const notLoaded = () => refuse("NOT_LOADED");

  return {
    look: async () => {
      const vault = whole === undefined ? await safe.read("vault") : undefined;
      if (vault?.ok === true && vault.value !== undefined) {
        afterPaint(() => void obtain());
        return viewOfVault(vault.value, tries, clock);
      }
      const door = await obtain();
      return door === undefined ? { state: "damaged", code: "NOT_LOADED" } : door.look();
    },
    // Words can only wait in a door that has been opened.
    holdsWords: () => whole?.holdsWords() ?? false,
    create: async (...first) => (await obtain())?.create(...first) ?? notLoaded(),
    unlock: async (...given) => (await obtain())?.unlock(...given) ?? notLoaded(),
    unlockWithWords: async (...given) => (await obtain())?.unlockWithWords(...given) ?? notLoaded(),
    restore: async (...given) => (await obtain())?.restore(...given) ?? notLoaded(),
  };
};
