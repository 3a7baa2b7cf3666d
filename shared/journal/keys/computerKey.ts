import type { Queue } from "../../base/queue.ts";
import { createCell } from "../../base/live.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import type { Bridge } from "../../bridge/bridge.ts";
import type { UnlockCode } from "../doorCodes.ts";
import type { ComputerKey, RoomCode } from "../journal.ts";
import type { RoomMade } from "../room/roomMade.ts";
import type { RoomVault } from "../room/roomVault.ts";
import type { HeldSecret } from "./heldSecret.ts";
import type { RecoveryVault } from "./recovery.ts";

/** What renewing this computer's secret touches outside the journal. */
export type ComputerKeyVault = {
  readonly deviceSecret: Bridge["deviceSecret"];
  readonly held: Pick<HeldSecret, "now" | "set">;
  /** Something else on this computer hangs on the secrets of before. */
  readonly isAnyAside: () => Promise<boolean>;
};

export type ComputerKeyParts = ComputerKeyVault & {
  readonly vault: Pick<RecoveryVault, "changePassphrase">;
  readonly room: Pick<RoomVault, "check" | "sealAgain" | "layNoise">;
  readonly roomMade: Pick<RoomMade, "look">;
  /** The same as for everything else that changes the room's vault file. */
  readonly roomTurn: Queue;
  /** The same as for everything else that changes the vault file. */
  readonly changing: Queue;
  readonly isLocked: () => boolean;
};

/**
 * The order makes it safe to die anywhere: both passphrases are tried first, then the new secret is kept *beside* the
 * old one, then each vault is replaced by one sealed under the new, and only then the old one goes. Between these
 * steps each vault opens with one of the two, and both are tried (`openVault`). Whether there is a room is looked at
 * again when its vault's turn comes: one that was made meanwhile, whose passphrase nobody gave, is left as it is, and
 * the old secret stays. The keychain, which may ask somebody, is asked in nobody's turn: a lock never waits for it.
 */
export const createComputerKey = ({
  deviceSecret,
  held,
  isAnyAside,
  vault,
  room,
  roomMade,
  roomTurn,
  changing,
  isLocked,
}: ComputerKeyParts): ComputerKey => {
  const kept = createCell(held.now().kept);

  /** `act` for a room that is made, `unused` for one that never was. */
  const withRoom = (
    passphrase: string | undefined,
    act: (passphrase: string) => Promise<Result<void, RoomCode>>,
    unused: () => Promise<Result<void, RoomCode>>,
  ): Promise<Result<void, "DISK_FAILED" | "WAIT" | "ROOM_WRONG_SECRET">> =>
    roomTurn(async () => {
      if (isLocked()) return lockedMeanwhile();
      const made = await roomMade.look();
      if (!made.ok) return refuse("DISK_FAILED", made.code);
      if (made.value && passphrase === undefined) return refuse("ROOM_WRONG_SECRET");
      const done = await (passphrase === undefined || !made.value ? unused() : act(passphrase));
      if (done.ok) return done;
      if (done.code === "WAIT") return refuse("WAIT");
      return made.value && done.code !== "DISK_FAILED"
        ? refuse("ROOM_WRONG_SECRET")
        : refuse("DISK_FAILED", done.code);
    });

  const sealAll = async (
    passphrase: string,
    roomPassphrase: string | undefined,
  ): Promise<Result<void, UnlockCode | "ROOM_WRONG_SECRET">> => {
    const sealed = await vault.changePassphrase(passphrase, passphrase);
    if (!sealed.ok) return sealed;
    if (isLocked()) return lockedMeanwhile();
    const written = await sealed.value.write();
    if (!written.ok) return written;
    if (isLocked()) return lockedMeanwhile();
    return withRoom(roomPassphrase, room.sealAgain, room.layNoise);
  };

  return {
    kept,
    renew: (passphrase, roomPassphrase) =>
      changing(async () => {
        const fits = await vault.changePassphrase(passphrase, passphrase);
        if (!fits.ok) return fits;
        const opens = await withRoom(roomPassphrase, room.check, async () => accept(undefined));
        if (!opens.ok) return opens;
        if (isLocked()) return lockedMeanwhile();
        const renewed = await deviceSecret.renew();
        if (!renewed.ok)
          return refuse(renewed.code === "BAD_REQUEST" ? "KEYCHAIN_REFUSED" : renewed.code);
        held.set(renewed.value);
        kept.set(renewed.value.kept);
        const sealed = await sealAll(passphrase, roomPassphrase);
        if (!sealed.ok) return sealed;
        if (isLocked()) return lockedMeanwhile();
        if (await isAnyAside()) return accept("kept");
        const forgotten = await deviceSecret.forgetEarlier();
        if (!forgotten.ok) return refuse("KEYCHAIN_REFUSED", forgotten.code);
        const { earlier: _, ...now } = held.now();
        held.set(now);
        return accept("deleted");
      }),
  };
};

/** Nothing goes on behind a lock, where another journal may be open by now; what is half done opens as it is. */
const lockedMeanwhile = () => refuse("DISK_FAILED", "locked meanwhile");
