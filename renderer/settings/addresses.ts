import type { IceServer } from "../../shared/journal/journal.ts";
import { isMeetingPoint } from "../../shared/people/meetingPoint.ts";

/** More of either are not kept (shared/journal/settings.ts). */
export const mostAddresses = 8;

/**
 * The address of a meeting point as it is kept, or undefined: ws:// or wss:// and a host; no user name, no
 * password, no fragment. A single slash at the end is left out, so that one place is not there twice.
 */
export const readMeetingPoint = (typed: string): string | undefined => {
  const url = URL.parse(typed.trim());
  if (url === null || !["ws:", "wss:"].includes(url.protocol)) return undefined;
  if (url.username !== "" || url.password !== "" || url.hash !== "" || url.hostname === "")
    return undefined;
  const address =
    url.pathname === "/" && url.search === "" ? url.href.replace(/\/$/, "") : url.href;
  return isMeetingPoint(address) ? address : undefined;
};

/** stun:, turn: or turns:, a host, perhaps a port and ?transport=udp or tcp (RFC 7064, RFC 7065). */
export const readIceServer = (
  typed: string,
  username: string,
  credential: string,
): IceServer | undefined => {
  const url = typed.trim();
  if (!iceShape.test(url)) return undefined;
  return {
    url,
    ...(username.trim() === "" ? {} : { username: username.trim() }),
    ...(credential === "" ? {} : { credential }),
  };
};

const iceShape =
  /^(?:stun|turn|turns):(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:\?transport=(?:udp|tcp))?$/i;

/** Whether networks in between see what passes: by ws:// to another place than this computer and its own network. */
export const isOpenOnTheWay = (address: string): boolean => {
  const url = URL.parse(address);
  return url?.protocol === "ws:" && !nearby.test(url.hostname);
};

/** Names without a dot and those of home networks; loopback, private and link-local addresses (RFC 1918, 4193, 4291). */
const nearby =
  /^(?:[^.[\]]+|(?:.+\.)?(?:localhost|local|lan|home\.arpa|internal)|127(?:\.\d+){3}|10(?:\.\d+){3}|192\.168(?:\.\d+){2}|169\.254(?:\.\d+){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}|\[::1\]|\[fe[89ab][0-9a-f]:.*\]|\[f[cd][0-9a-f]{2}:.*\])$/;
