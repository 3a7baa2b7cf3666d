import * as v from "valibot";
import { stepOutKeys, type DesktopSettings } from "../shared/bridge/desktop.ts";
import { readSmallFile, writeSmallFile } from "./smallFile.ts";

/** What is written down. That it starts at login is the system's own knowledge, and asked there. */
export type KeptSettings = Omit<DesktopSettings, "startsAtLogin">;

export const firstSettings = (packaged: boolean): KeptSettings => ({
  tray: false,
  staysInTray: false,
  startsMinimised: false,
  notices: false,
  stepOutKeys: "none",
  hidesFromCapture: packaged,
});

/** Each by itself: of a damaged file, or one of another version, what can be read still counts. */
const schemaOf = (first: KeptSettings) => {
  const onOrOff = (name: Exclude<keyof KeptSettings, "stepOutKeys">) =>
    v.optional(v.fallback(v.boolean(), first[name]), first[name]);
  return v.object({
    tray: onOrOff("tray"),
    staysInTray: onOrOff("staysInTray"),
    startsMinimised: onOrOff("startsMinimised"),
    notices: onOrOff("notices"),
    stepOutKeys: v.optional(v.fallback(v.picklist(stepOutKeys), "none"), "none"),
    hidesFromCapture: onOrOff("hidesFromCapture"),
  });
};

export const readDesktopFile = async (path: string, first: KeptSettings): Promise<KeptSettings> =>
  (await readSmallFile(path, schemaOf(first))) ?? first;

/** Throws what the disk throws. */
export const writeDesktopFile = (path: string, settings: KeptSettings): Promise<void> =>
  writeSmallFile(path, settings);
