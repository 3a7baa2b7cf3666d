import { join } from "node:path";
import { systemClock } from "../../shared/base/clock.ts";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import type { ShellFacts } from "../../shared/bridge/bridge.ts";
import { parseShellFacts } from "../../shared/bridge/parseShellFacts.ts";
import { isTwofoldRendezvous } from "../../electron/askHealth.ts";
import { createRendezvousHost, type RendezvousHost } from "../../electron/rendezvousHost.ts";
import { readPlatform } from "../../electron/shellFacts.ts";
import { startRendezvous } from "../../server/rendezvous.ts";
import { profileFolder } from "../start/places.mjs";
import { loadPages, shellFactsPath } from "./pages.ts";
import { hostName, startPageServer } from "./pageServer.ts";
import { listenOnProfilePort, type ProfilePortCode } from "./profilePort.ts";
import { isChallenge, newChallenge, openProfileProof, type ProfileProof } from "./profileProof.ts";

/** The browser shell: the built pages on the profile's own port, and the embedded rendezvous. */
export type ShellParts = {
  readonly dist: string;
  readonly home: string;
  readonly profile: string;
  readonly version: string;
  readonly firstPort: number;
  readonly rendezvousPort: number;
  readonly lan: boolean;
  readonly log: (line: string) => void;
};

export type Shell = {
  readonly origin: string;
  /** How two Twofolds meet: what stands there now, most local first. */
  readonly addresses: readonly string[];
  /** Whether `lan` could be granted: not while another Twofold of this computer runs the rendezvous. */
  readonly reachesNetwork: boolean;
  readonly stop: () => Promise<void>;
};

export type ShellCode = ProfilePortCode | "ALREADY_OPEN";

export const openShell = async (parts: ShellParts): Promise<Result<Shell, ShellCode>> => {
  const { home, profile, firstPort, lan } = parts;
  const rendezvous = embeddedRendezvous(parts);
  const proof = openProfileProof(profileFolder(home, profile));
  const facts = (challenge: string | null) => ({
    facts: {
      kind: "browser",
      platform: readPlatform(process.platform),
      version: parts.version,
      profile,
    } satisfies ShellFacts,
    rendezvous: rendezvous.current(),
    ...(isChallenge(challenge) ? { proof: proof.answer(challenge) } : {}),
  });
  const pages = loadPages(join(parts.dist, "renderer"));
  const served = await listenOnProfilePort(home, profile, firstPort, (port) =>
    startPageServer(port, pages, facts),
  );
  if (!served.ok) {
    const open =
      served.code === "PORT_TAKEN" && (await isOpen(Number(served.detail), profile, proof));
    return refuse(open ? "ALREADY_OPEN" : served.code, served.detail);
  }
  const server = served.value;
  const opened = lan ? await rendezvous.openToNetwork(true) : undefined;
  return accept({
    origin: server.origin,
    addresses: await rendezvous.addresses(),
    reachesNetwork: opened?.ok ?? false,
    stop: async () => {
      await Promise.all([server.stop(), rendezvous.dispose()]);
    },
  });
};

const embeddedRendezvous = ({ rendezvousPort, log }: ShellParts): RendezvousHost =>
  createRendezvousHost({
    port: rendezvousPort,
    start: (host, port) => startRendezvous({ host, port, clock: systemClock, log }),
    isTwofold: isTwofoldRendezvous,
    clock: systemClock,
  });

/** Whether the program on that port is this profile's Twofold, and not one that only says so. */
const isOpen = async (port: number, profile: string, proof: ProfileProof): Promise<boolean> => {
  try {
    const challenge = newChallenge();
    const address = `http://${hostName}:${port}${shellFactsPath}?challenge=${challenge}`;
    const response = await fetch(address, { signal: AbortSignal.timeout(2_000) });
    const answer: unknown = await response.json();
    const facts = typeof answer === "object" && answer !== null && "facts" in answer;
    const parsed = parseShellFacts(facts ? answer.facts : undefined);
    if (!parsed.ok || parsed.value.profile !== profile) return false;
    return facts && "proof" in answer && proof.isAnswer(challenge, answer.proof);
  } catch {
    return false;
  }
};
