import { settingsAt } from "../settings/parts.ts";

/** In the order in which they are listed, each with the place that it speaks of, if there is one. */
export const topics = {
  tonight: undefined,
  who: "/room",
  seen: undefined,
  ask: "/questions",
  answer: "/questions",
  change: "/agreements",
  offline: settingsAt("ways"),
  lost: settingsAt("backup"),
  pressed: "/settings/ending",
  leave: "/settings/ending",
  therapist: "/session",
} as const;

export type Topic = keyof typeof topics;

export const topicIds = Object.keys(topics) as readonly Topic[];
