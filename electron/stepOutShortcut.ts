import type { App, GlobalShortcut } from "electron";
import type { StepOutKeys } from "../shared/bridge/desktop.ts";

/** Not keys that type a letter anywhere, and none that a system keeps for itself. */
const accelerators: Readonly<Record<Exclude<StepOutKeys, "none">, string>> = {
  space: "CommandOrControl+Shift+Space",
  backspace: "CommandOrControl+Shift+Backspace",
  f9: "CommandOrControl+Shift+F9",
};

export type StepOutShortcut = {
  /** False where another program has them; then none of ours stands, and those before are given back. */
  readonly set: (keys: StepOutKeys) => boolean;
  /** Also at the end: keys are given back to the other programs. */
  readonly dispose: () => void;
};

export const createStepOutShortcut = (
  shortcuts: Pick<GlobalShortcut, "register" | "unregister">,
  stepOut: () => void,
): StepOutShortcut => {
  let held: string | undefined;
  const dispose = (): void => {
    if (held !== undefined) shortcuts.unregister(held);
    held = undefined;
  };
  return {
    set: (keys) => {
      dispose();
      if (keys === "none") return true;
      const accelerator = accelerators[keys];
      if (!shortcuts.register(accelerator, stepOut)) return false;
      held = accelerator;
      return true;
    },
    dispose,
  };
};

/** Where Wayland draws the screen, keys for all programs are given out by the desktop's portal. Before `ready`. */
export const askPortalForKeys = (
  app: Pick<App, "commandLine">,
  { platform, env }: Pick<NodeJS.Process, "platform" | "env">,
): void => {
  if (platform !== "linux" || env["XDG_SESSION_TYPE"] !== "wayland") return;
  app.commandLine.appendSwitch("enable-features", "GlobalShortcutsPortal");
};
