import { accept, refuse } from "../../shared/base/result.ts";
import type { ChosenFolder } from "../../shared/bridge/chosenFolder.ts";
import type { SharedFolder } from "../../shared/bridge/sharedFolder.ts";

/** `state`: "notOffered", "none", "asks" or "ready", as a shell would find its folder; "refused" lets none be chosen. */
export const fakeSharedFolder = (state: string | null): SharedFolder => {
  const ready: ChosenFolder = { state: "ready", name: "Anna and Sam" };
  const listeners = new Set<() => void>();
  let folder: ChosenFolder =
    state === "notOffered"
      ? { state }
      : state === "asks" || state === "ready"
        ? { ...ready, state }
        : { state: "none" };
  const now = (next: ChosenFolder): ChosenFolder => {
    folder = next;
    for (const listener of listeners) listener();
    return folder;
  };
  return {
    folder: async () => folder,
    chooseFolder: async () => (state === "refused" ? refuse("DISK_FULL") : accept(now(ready))),
    askAgain: async () => now(ready),
    forgetFolder: async () => {
      now({ state: "none" });
      return accept(undefined);
    },
    list: async () => accept([]),
    read: async () => refuse("FILE_GONE"),
    put: async () => accept(undefined),
    remove: async () => accept(undefined),
    onChange: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
};
