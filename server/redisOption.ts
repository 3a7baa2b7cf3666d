import type { RedisPlace } from "./redis/link.ts";

/** Undefined for anything but redis://… and rediss://…, with name, password, port and number of the database. */
export const parseRedis = (text: string, password?: string): RedisPlace | undefined => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["redis:", "rediss:"].includes(url.protocol)) return undefined;
  const database = url.pathname.replace(/^\//, "");
  if (url.hostname === "" || url.search !== "" || url.hash !== "") return undefined;
  if (!/^\d{0,4}$/.test(database)) return undefined;
  const named = decode(url.username);
  const given = decode(url.password);
  if (named === undefined || given === undefined) return undefined;
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: url.port === "" ? 6379 : Number(url.port),
    username: named,
    password: password ?? given,
    database: Number(database),
    isSecure: url.protocol === "rediss:",
  };
};

const decode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};
