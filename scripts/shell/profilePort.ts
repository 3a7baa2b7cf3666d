import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { refuse, type Result } from "../../shared/base/result.ts";
import type { ListenCode } from "../../server/listen.ts";
import { profileFolder } from "../start/places.mjs";

/**
 * A browser keeps what it keeps by origin, and the port is part of that: a profile that changed its port
 * would stand before an empty journal. So the first port a profile got is its port for good.
 */
const portsForOthers = 79;

export type ProfilePortCode = "PORT_TAKEN" | "NO_PORT_FREE" | "CANNOT_LISTEN";

export type TryPort<Server> = (port: number) => Promise<Result<Server, ListenCode>>;

const portFile = (folder: string): string => join(folder, "port");

/**
 * Listens on the profile's own port; a new profile gets the first one that is nobody's. Listening is the claim,
 * so two that start at once do not get the same.
 */
export const listenOnProfilePort = async <Server>(
  home: string,
  profile: string,
  firstPort: number,
  tryPort: TryPort<Server>,
): Promise<Result<Server, ProfilePortCode>> => {
  const folder = profileFolder(home, profile);
  const own = profile === "default" ? firstPort : rememberedPort(folder);
  if (own !== undefined) {
    const tried = await tryPort(own);
    if (tried.ok) return tried;
    return refuse(tried.code === "PORT_TAKEN" ? "PORT_TAKEN" : "CANNOT_LISTEN", String(own));
  }
  for (let port = firstPort + 1; port <= firstPort + portsForOthers; port++) {
    if (isRememberedBySomeone(home, port)) continue;
    const tried = await tryPort(port);
    if (!tried.ok) continue;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(portFile(folder), `${port}\n`);
    return tried;
  }
  return refuse("NO_PORT_FREE");
};

const rememberedPort = (folder: string): number | undefined => {
  try {
    const port = Number(readFileSync(portFile(folder), "utf8"));
    return Number.isInteger(port) && port > 1_023 && port < 65_536 ? port : undefined;
  } catch {
    return undefined;
  }
};

const isRememberedBySomeone = (home: string, port: number): boolean => {
  try {
    return readdirSync(home).some((name) => rememberedPort(join(home, name)) === port);
  } catch {
    return false;
  }
};
