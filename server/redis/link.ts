import { isIP } from "node:net";
import { Redis } from "ioredis";
import type { Clock } from "../../shared/base/clock.ts";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import { answerMs, within } from "./within.ts";

export type RedisPlace = {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  readonly database: number;
  readonly isSecure: boolean;
};

export type LinkCode = "REDIS_AWAY" | "REDIS_REFUSED";

const longestWaitMs = 1_000;

/**
 * A connection that was there once, and from then on comes back by itself. What is asked while it is away is refused
 * at once and never queued; what was asked before it broke is refused, not asked again.
 */
export const openLink = async (
  place: RedisPlace,
  clock: Clock,
): Promise<Result<Redis, LinkCode>> => {
  let wasThere = false;
  let isRefused = false;
  const { host, port, username, password, database, isSecure } = place;
  const link = new Redis({
    host,
    port,
    ...(username === "" ? {} : { username }),
    ...(password === "" ? {} : { password }),
    db: database,
    ...(isSecure ? { tls: isIP(host) === 0 ? { servername: host } : {} } : {}),
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResubscribe: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: answerMs,
    disconnectTimeout: 200,
    keepAlive: 30_000,
    retryStrategy: (times) => (wasThere ? Math.min(100 * times, longestWaitMs) : null),
  });
  link.on("error", (error: Error) => {
    isRefused ||= /NOAUTH|WRONGPASS|NOPERM|AUTH|DB index/.test(error.message);
  });
  try {
    await within(clock, link.connect());
    await within(clock, link.ping());
    wasThere = true;
    return accept(link);
  } catch (error) {
    isRefused ||= error instanceof Error && /NOAUTH|WRONGPASS|NOPERM/.test(error.message);
    link.disconnect();
    return refuse(isRefused ? "REDIS_REFUSED" : "REDIS_AWAY");
  }
};
