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

/** Those that the browser takes: one that it does not would make every connection throw. */
export const usableIceServers = (servers: readonly RTCIceServer[]): RTCIceServer[] =>
  servers.filter((server) => {
    try {
      new RTCPeerConnection({ iceServers: [server] }).close();
      return true;
    } catch {
      return false;
    }
  });
