import * as v from "valibot";
import { accept, refuse, type Result } from "../base/result.ts";
import { parsePairingLink } from "./parsePairingLink.ts";

/** How the page comes back after it was locked. */
export type StartAnew = {
  /** As a blank sheet: somebody has stepped out. Otherwise at the passphrase. */
  readonly away: boolean;
  /** A pairing link that came and that nobody has taken up. */
  readonly link?: string | undefined;
};

/** The address's query of a page that begins as a blank sheet. */
export const awayQuery = "?sheet";

const schema = v.strictTuple([
  v.strictObject({
    away: v.boolean(),
    link: v.optional(
      v.pipe(
        v.string(),
        v.check((text) => parsePairingLink(text).ok),
      ),
    ),
  }),
]);

export const parseStartAnew = (values: readonly unknown[]): Result<[StartAnew], "BAD_REQUEST"> => {
  const parsed = v.safeParse(schema, values);
  return parsed.success ? accept(parsed.output) : refuse("BAD_REQUEST");
};
