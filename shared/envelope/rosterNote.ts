import { concatBytes } from "../base/bytes.ts";
import { accept, refuse, type Result } from "../base/result.ts";

/** A certificate's bytes; what stands in them is shared/people's to read. */
const certificateLength = 1380;
const added = 1;

/** The body of a message of kind 5, in `ours`: `1 u8 ‖ certificate`, "a computer of mine is in use too". */
export const addedBody = (certificate: Uint8Array): Uint8Array => {
  if (certificate.length !== certificateLength) throw new RangeError("not a certificate");
  return concatBytes(Uint8Array.of(added), certificate);
};

/** BAD_ROSTER_NOTE: another length, or it says something that this build does not know. */
export const readRosterNote = (
  body: Uint8Array,
): Result<{ readonly certificate: Uint8Array }, "BAD_ROSTER_NOTE"> =>
  body.length === 1 + certificateLength && body[0] === added
    ? accept({ certificate: body.slice(1) })
    : refuse("BAD_ROSTER_NOTE");
