import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";

export type IsProxy = (address: string | undefined) => boolean;

/** Undefined for what is no address ("10.0.0.7") and no network ("172.16.0.0/12", "fd00::/8"). */
export const proxiesAt = (places: readonly string[]): IsProxy | undefined => {
  const list = new BlockList();
  for (const place of places) {
    const [address = "", bits, ...more] = place.split("/");
    const family = isIP(address);
    const most = family === 4 ? 32 : 128;
    const prefix = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : Infinity;
    if (family === 0 || more.length > 0 || prefix > most) return undefined;
    list.addSubnet(address, prefix, family === 4 ? "ipv4" : "ipv6");
  }
  return (address = "") => {
    const family = isIP(address);
    return family !== 0 && list.check(address, family === 4 ? "ipv4" : "ipv6");
  };
};

/** Who a request is from: the last that a proxy of ours added, or the other end itself. */
export const forwardedFor = (request: IncomingMessage, isProxy: IsProxy): string => {
  const here = request.socket.remoteAddress ?? "";
  if (!isProxy(here)) return here;
  const named = [request.headers["x-forwarded-for"] ?? []].flat().join(",").split(",").at(-1);
  const address = named?.trim() ?? "";
  return isIP(address) === 0 ? here : address;
};

/** True for a request of this computer itself that came by no proxy. */
export const isFromHere = ({ socket, headers }: IncomingMessage): boolean =>
  /^(?:127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? "") &&
  ["x-forwarded-for", "forwarded", "x-real-ip", "via"].every((name) => headers[name] === undefined);
