import type { JsonObject } from "../people/keyringContent.ts";
import { isMeetingPoint } from "../people/meetingPoint.ts";
import type { IceServer, Settings } from "./journal.ts";

/** No address of anybody is built in: whom to contact is the couple's to say. */
export const firstSettings: Settings = {
  meetingPoints: [],
  embeddedMeetingPoint: true,
  openToNetwork: false,
  iceServers: [],
  relayOnly: false,
  lockAfterMinutes: 2,
};

const mostAddresses = 8;
const lockBounds = { least: 1, most: 60 };

/** What does not fit is left at its first value: a strange setting must not keep anyone out of their journal. */
export const readSettings = (stored: JsonObject): Settings => ({
  meetingPoints: list(stored["meetingPoints"]).filter(isAddress).slice(0, mostAddresses),
  embeddedMeetingPoint: flag(stored["embeddedMeetingPoint"], firstSettings.embeddedMeetingPoint),
  openToNetwork: flag(stored["openToNetwork"], firstSettings.openToNetwork),
  iceServers: list(stored["iceServers"]).filter(isIceServer).slice(0, mostAddresses),
  relayOnly: flag(stored["relayOnly"], firstSettings.relayOnly),
  lockAfterMinutes: minutes(stored["lockAfterMinutes"]),
});

export const writeSettings = (settings: Settings): JsonObject => ({ ...settings });

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const flag = (value: unknown, otherwise: boolean): boolean =>
  typeof value === "boolean" ? value : otherwise;

const minutes = (value: unknown): number =>
  typeof value === "number" &&
  Number.isInteger(value) &&
  value >= lockBounds.least &&
  value <= lockBounds.most
    ? value
    : firstSettings.lockAfterMinutes;

const isAddress = (value: unknown): value is string =>
  typeof value === "string" && isMeetingPoint(value);

const isIceServer = (value: unknown): value is IceServer => {
  if (typeof value !== "object" || value === null || !("url" in value)) return false;
  const { url } = value;
  const optional = (name: string): boolean => {
    const found = (value as Record<string, unknown>)[name];
    return found === undefined || (typeof found === "string" && found.length <= 512);
  };
  const isUrl =
    typeof url === "string" && url.length <= 512 && /^(?:stun|turn|turns):[^\s]+$/.test(url);
  return isUrl && optional("username") && optional("credential");
};
