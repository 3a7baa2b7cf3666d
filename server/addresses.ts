import { networkInterfaces } from "node:os";

/** Where a person can point Twofold at; for a host that means "all of them", each one of this computer's. */
export const listAddresses = (host: string, port: number): readonly string[] => {
  if (host !== "0.0.0.0" && host !== "::") return [addressOf(host, port)];
  return Object.values(networkInterfaces())
    .flatMap((cards) => cards ?? [])
    .filter(({ family, scopeid }) => (family === "IPv4" ? true : host === "::" && !scopeid))
    .map(({ address }) => addressOf(address, port));
};

const addressOf = (host: string, port: number): string =>
  `ws://${host.includes(":") ? `[${host}]` : host}:${port}`;
