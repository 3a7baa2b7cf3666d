import { isMeetingPoint } from "../../shared/people/meetingPoint.ts";

/**
 * The meeting points that this page may dial, each once. Others would make `new WebSocket` throw, in a timer of
 * lib0's: addresses that are none, and ws: from a page that came over https.
 */
export const dialable = (addresses: readonly string[]): readonly string[] =>
  [...new Set(addresses)].filter(
    (address) =>
      isMeetingPoint(address) &&
      URL.canParse(address) &&
      (globalThis.location?.protocol !== "https:" || address.toLowerCase().startsWith("wss:")),
  );
