/** Bytes; a longer address is not taken into an invitation. */
const longestMeetingPoint = 200;

/**
 * Is this an address of a meeting point: ws:// or wss://, a host, perhaps a port, path and query; no credentials,
 * no fragment, at most 200 characters, plain ASCII (as a URL's href is).
 */
export const isMeetingPoint = (address: string): boolean => {
  if (address.length > longestMeetingPoint) return false;
  const found = shape.exec(address);
  if (found === null) return false;
  const port = found.groups?.["port"];
  return port === undefined || (Number(port) >= 1 && Number(port) <= 65_535);
};

const shape =
  /^wss?:\/\/(?:[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?|\[[0-9a-f:.]+\])(?::(?<port>[0-9]{1,5}))?(?:[/?][!$-;=?-[\]_a-z~]*)?$/i;
