import type { Clipboard } from "electron";
import type { Cancel, Clock } from "../shared/base/clock.ts";

/** How long an invitation stays on the clipboard, in ms. */
export const invitationStays = 60_000;

export type InvitationClipboard = {
  readonly copy: (text: string) => Promise<boolean>;
  /** Clears now what would be cleared later: the app ends. */
  readonly dispose: () => Promise<void>;
};

/** Clears only what it put there itself: whatever was copied since is somebody's own. */
export const createInvitationClipboard = (
  clipboard: Pick<Clipboard, "readText" | "writeText" | "clear">,
  clock: Clock,
): InvitationClipboard => {
  let put: { readonly text: string; readonly cancel: Cancel } | undefined;
  const clear = async (): Promise<void> => {
    if (put === undefined) return;
    const { text, cancel } = put;
    put = undefined;
    cancel();
    // A clipboard that another program holds just now cannot be read; there is nobody to tell.
    const current = await clipboard.readText().catch(() => undefined);
    if (current === text) clipboard.clear();
  };
  return {
    copy: async (text) => {
      try {
        await clipboard.writeText(text);
      } catch {
        return false;
      }
      put?.cancel();
      put = { text, cancel: clock.after(invitationStays, () => void clear()) };
      return true;
    },
    dispose: clear,
  };
};
