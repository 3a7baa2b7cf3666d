import type { JsonObject } from "../people/keyringContent.ts";
import { isMeetingPoint } from "../people/meetingPoint.ts";
import { latestTime } from "../page/day.ts";
import { mostKnown } from "../people/space.ts";
import {
  type Away,
  type HoursOfDay,
  type IceServer,
  type Settings,
  stages,
  type TellTimes,
} from "./journal.ts";

/** No address of anybody is built in: whom to contact is the couple's to say. */
export const firstSettings: Settings = {
  meetingPoints: [],
  embeddedMeetingPoint: true,
  openToNetwork: false,
  iceServers: [],
  relayOnly: false,
  sendsAtOnce: false,
  mailboxes: [],
  sharedFolder: false,
  lockAfterMinutes: 2,
  hints: true,
  spelling: "system",
  ownWords: [],
  questionsAtOnce: 0,
  quietHours: undefined,
  tellTimes: undefined,
  away: undefined,
  computersKnown: 1,
  stage: undefined,
  thanks: false,
};

const mostAddresses = 8;
const mostOwnWords = 2_000;
const spellings: readonly Settings["spelling"][] = ["off", "system", "en-GB", "en-US"];
const lockBounds = { least: 1, most: 60 };
/** 0: as many as come. */
const atOnceChoices: readonly unknown[] = [0, 1, 2, 3, 5, 10];

/** What does not fit is left at its first value: a strange setting must not keep anyone out of their journal. */
export const readSettings = (stored: JsonObject): Settings => ({
  meetingPoints: list(stored["meetingPoints"]).filter(isAddress).slice(0, mostAddresses),
  embeddedMeetingPoint: flag(stored["embeddedMeetingPoint"], firstSettings.embeddedMeetingPoint),
  openToNetwork: flag(stored["openToNetwork"], firstSettings.openToNetwork),
  iceServers: list(stored["iceServers"]).filter(isIceServer).slice(0, mostAddresses),
  relayOnly: flag(stored["relayOnly"], firstSettings.relayOnly),
  sendsAtOnce: flag(stored["sendsAtOnce"], firstSettings.sendsAtOnce),
  mailboxes: list(stored["mailboxes"]).filter(isAddress).slice(0, mostAddresses),
  sharedFolder: flag(stored["sharedFolder"], firstSettings.sharedFolder),
  lockAfterMinutes: minutes(stored["lockAfterMinutes"]),
  hints: flag(stored["hints"], firstSettings.hints),
  spelling: spellings.find((one) => one === stored["spelling"]) ?? firstSettings.spelling,
  ownWords: [...new Set(list(stored["ownWords"]).filter(isOwnWord))].slice(0, mostOwnWords),
  questionsAtOnce: atOnce(stored["questionsAtOnce"]),
  quietHours: hoursOf(stored["quietHours"]),
  tellTimes: tellTimesOf(stored["tellTimes"]),
  away: awayOf(stored["away"]),
  computersKnown: computersOf(stored["computersKnown"]),
  stage: stages.find((one) => one === stored["stage"]),
  thanks: flag(stored["thanks"], firstSettings.thanks),
});

export const writeSettings = (settings: Settings): JsonObject => ({ ...settings });

/**
 * Whether a carrier has to begin anew. Danger: doing so for anything else would show the partner, as a broken
 * connection, that somebody sits here and chooses quiet hours (PRODUCT, safety 2).
 */
export const concernsNetwork = (before: Settings, next: Settings): boolean =>
  differ(before, next, [
    "meetingPoints",
    "embeddedMeetingPoint",
    "openToNetwork",
    "iceServers",
    "relayOnly",
    "mailboxes",
    "sharedFolder",
  ]);

/** Whether it changes what is let in. */
export const concernsArrivals = (before: Settings, next: Settings): boolean =>
  differ(before, next, ["questionsAtOnce", "quietHours", "tellTimes", "away"]);

const differ = (before: Settings, next: Settings, names: readonly (keyof Settings)[]): boolean =>
  names.some((name) => JSON.stringify(before[name]) !== JSON.stringify(next[name]));

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

const atOnce = (value: unknown): number =>
  typeof value === "number" && atOnceChoices.includes(value)
    ? value
    : firstSettings.questionsAtOnce;

const computersOf = (value: unknown): number =>
  typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= mostKnown
    ? value
    : firstSettings.computersKnown;

const hoursOf = (value: unknown): HoursOfDay | undefined => {
  if (typeof value !== "object" || value === null || !("from" in value) || !("to" in value))
    return undefined;
  const { from, to } = value;
  return isMinute(from) && isMinute(to) && from !== to ? { from, to } : undefined;
};

const awayOf = (value: unknown): Away | undefined =>
  value === "open" ||
  (typeof value === "number" && Number.isSafeInteger(value) && value > 0 && value <= latestTime)
    ? value
    : undefined;

const tellTimesOf = (value: unknown): TellTimes | undefined => {
  const hours = hoursOf(value);
  if (hours === undefined) return undefined;
  const chosen = list((value as { readonly weekdays?: unknown }).weekdays);
  const weekdays = [0, 1, 2, 3, 4, 5, 6].filter((weekday) => chosen.includes(weekday));
  return weekdays.length === 0 ? undefined : { ...hours, weekdays };
};

const isOwnWord = (value: unknown): value is string =>
  typeof value === "string" && value !== "" && value.length <= 64 && !/\s/.test(value);

const isMinute = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 24 * 60;

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
