import { accept, refuse, type Result } from "../shared/base/result.ts";
import type { Limits } from "./limits.ts";

/** What y-webrtc's client sends; anything beside these fields is left behind. */
export type Frame =
  | { readonly type: "subscribe"; readonly topics: readonly string[] }
  | { readonly type: "unsubscribe"; readonly topics: readonly string[] }
  | { readonly type: "publish"; readonly topic: string; readonly data: unknown }
  | { readonly type: "ping" };

export type FrameLimits = Pick<Limits, "jsonDepth" | "topicLength" | "topicsPerConnection">;

type FrameCode = "BAD_JSON" | "TOO_DEEP" | "BAD_FRAME";

/** `text` is already bounded in length. Nothing in it throws. */
export const parseFrame = (text: string, limits: FrameLimits): Result<Frame, FrameCode> => {
  if (isDeeperThan(text, limits.jsonDepth)) return refuse("TOO_DEEP");
  const json = parseJson(text);
  if (!json.ok) return json;
  const fields = fieldsOf(json.value);
  switch (fields?.get("type")) {
    case "subscribe":
    case "unsubscribe":
      return parseTopics(
        fields.get("type") === "subscribe" ? "subscribe" : "unsubscribe",
        fields,
        limits,
      );
    case "publish":
      return parsePublish(fields, limits);
    case "ping":
      return accept({ type: "ping" });
    default:
      return refuse("BAD_FRAME");
  }
};

/** What another process passed on of a publish: the data alone. */
export const parseData = (
  text: string,
  limits: Pick<Limits, "jsonDepth">,
): Result<unknown, "BAD_JSON" | "TOO_DEEP"> =>
  isDeeperThan(text, limits.jsonDepth) ? refuse("TOO_DEEP") : parseJson(text);

const parseTopics = (
  type: "subscribe" | "unsubscribe",
  fields: ReadonlyMap<string, unknown>,
  limits: FrameLimits,
): Result<Frame, "BAD_FRAME"> => {
  const topics: unknown = fields.get("topics");
  if (!Array.isArray(topics) || topics.length > limits.topicsPerConnection)
    return refuse("BAD_FRAME");
  const names = topics.filter((topic) => isTopic(topic, limits));
  return names.length === topics.length ? accept({ type, topics: names }) : refuse("BAD_FRAME");
};

const parsePublish = (
  fields: ReadonlyMap<string, unknown>,
  limits: FrameLimits,
): Result<Frame, "BAD_FRAME"> => {
  const topic = fields.get("topic");
  if (!isTopic(topic, limits) || !fields.has("data")) return refuse("BAD_FRAME");
  return accept({ type: "publish", topic, data: fields.get("data") });
};

const isTopic = (value: unknown, { topicLength }: FrameLimits): value is string =>
  typeof value === "string" && value.length > 0 && value.length <= topicLength;

/** Own fields only, in a Map: a key called __proto__ or constructor is a key like any other. */
const fieldsOf = (value: unknown): ReadonlyMap<string, unknown> | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value))
    : undefined;

const parseJson = (text: string): Result<unknown, "BAD_JSON"> => {
  try {
    return accept(JSON.parse(text));
  } catch {
    return refuse("BAD_JSON");
  }
};

/** Counts brackets outside of strings, before anything recursive sees the text. */
const isDeeperThan = (text: string, limit: number): boolean => {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '"') inString = !inString;
    else if (inString && character === "\\") index++;
    else if (!inString && (character === "[" || character === "{")) depth++;
    else if (!inString && (character === "]" || character === "}")) depth--;
    if (depth > limit) return true;
  }
  return false;
};
