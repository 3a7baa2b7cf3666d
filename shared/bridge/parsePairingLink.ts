import * as v from "valibot";
import { accept, refuse, type Result } from "../base/result.ts";

const pairingLink = v.pipe(
  v.string(),
  v.maxLength(2048),
  v.regex(/^twofold:\/\/pair\/?#[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+){0,4}$/),
);

/**
 * Only the outer form of what the system hands over; shared/people reads the invitation inside.
 * It holds a one-time secret: never log it.
 */
export const parsePairingLink = (value: unknown): Result<string, "BAD_LINK"> => {
  const parsed = v.safeParse(pairingLink, value);
  return parsed.success ? accept(parsed.output) : refuse("BAD_LINK");
};
