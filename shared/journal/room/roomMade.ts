import { accept, type Result } from "../../base/result.ts";
import type { KeyringKeeper } from "../keys/keyringKeeper.ts";
import type { RoomCode } from "../journal.ts";
import type { RoomVault } from "./roomVault.ts";

/** In the keyring's settings: whether there is a room is told by its vault's file, and by nothing else. */
export const toldByFile = { roomMade: "by its file" } as const;

/**
 * Whether there is a room. The shared side's key knows the noise of an unused one, and any other file is a room's; so
 * one write, the vault's, makes a room, and no kill leaves one that counts as none. In journals of before, whose noise
 * nobody knows, the keyring tells: false, or true for good. Their first setting up ends that (`begin`).
 */
export type RoomMade = {
  /** As it was when it was last looked at: for what is shown, never for what is written. */
  readonly last: () => boolean;
  readonly look: () => Promise<Result<boolean, RoomCode>>;
  /** Where there is none, before a first vault is written: from here on its file tells. */
  readonly begin: () => Promise<Result<void, RoomCode>>;
  /** The room has opened. */
  readonly opened: () => Promise<Result<void, RoomCode>>;
};

export type RoomMadeParts = {
  readonly vault: Pick<RoomVault, "isUnused" | "layNoise">;
  readonly keyring: KeyringKeeper;
};

export const createRoomMade = ({ vault, keyring }: RoomMadeParts): RoomMade => {
  const noted = (): unknown => keyring.content.read().settings["roomMade"];
  const note = (settings: { readonly roomMade: unknown }): Promise<Result<void, RoomCode>> =>
    keyring.change((now) => ({ ...now, settings: { ...now.settings, ...settings } }));
  const isTold = (): boolean => noted() === toldByFile.roomMade;
  let last = noted() === true;

  return {
    last: () => last,
    look: async () => {
      const unused = isTold() ? await vault.isUnused() : accept(noted() !== true);
      if (!unused.ok) return unused;
      last = !unused.value;
      return accept(last);
    },
    begin: async () => {
      if (isTold()) return accept(undefined);
      // In this order: noise that is not known yet, of which the file is to tell, would be a room that nobody opens.
      const laid = await vault.layNoise();
      return laid.ok ? note(toldByFile) : laid;
    },
    opened: async () => {
      last = true;
      return isTold() || noted() === true ? accept(undefined) : note({ roomMade: true });
    },
  };
};
