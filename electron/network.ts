import type { App, Session } from "electron";
import { accept, type Result } from "../shared/base/result.ts";
import { appOrigin, originOf } from "./appOrigin.ts";
import { judgeDownload } from "./downloads.ts";

export type NetworkGuard = {
  /** Replaces the addresses that a person named. */
  readonly allow: (addresses: readonly string[]) => Promise<Result<void, "BAD_REQUEST">>;
  readonly isAllowed: (address: string) => boolean;
};

export type NetworkGuardParts = {
  /** The embedded rendezvous, always reachable. */
  readonly embedded: () => readonly string[];
  /** Development builds may show their own tools. */
  readonly devTools: boolean;
};

// They name bytes that are here already: nothing leaves by them.
const localSchemes = /^(?:blob:app:\/\/twofold\/|data:)/;

/**
 * Stops a library or a mistake from reaching a third party. The list comes from the renderer, so it is no fence
 * against a renderer that was taken over; and WebRTC's own packets do not pass here (their peers come from sealed
 * signalling, their STUN and TURN servers from the settings).
 */
export const createNetworkGuard = ({ embedded, devTools }: NetworkGuardParts): NetworkGuard => {
  let named: ReadonlySet<string> = new Set();
  return {
    allow: async (addresses) => {
      named = new Set(addresses.map(originOf));
      return accept(undefined);
    },
    isAllowed: (address) => {
      if (localSchemes.test(address)) return true;
      const origin = originOf(address);
      if (origin === appOrigin) return true;
      if (devTools && origin === "devtools://devtools") return true;
      if (!/^wss?:\/\/[^/]/.test(origin)) return false;
      return named.has(origin) || embedded().some((own) => originOf(own) === origin);
    },
  };
};

export const guardRequests = (session: Session, guard: Pick<NetworkGuard, "isAllowed">): void => {
  // No filter: also schemes that nobody thought of are asked about.
  session.webRequest.onBeforeRequest(({ url }, answer) =>
    answer({ cancel: !guard.isAllowed(url) }),
  );
  session.setSpellCheckerEnabled(false);
  session.on("will-download", judgeDownload);
};

/** Switches for what Chromium would do on its own account. Set before `ready`. */
export const quietChromium = (app: App): void => {
  for (const name of [
    "disable-background-networking",
    "disable-component-update",
    "disable-domain-reliability",
    "no-pings",
    // Nothing of ours is fetched by HTTP, and nothing that anything fetched stays on the disk. Electron's own way to
    // say it (`cache: false`) is for sessions of another folder, where the journals that are there already are not.
    "disable-http-cache",
  ]) {
    app.commandLine.appendSwitch(name);
  }
  // mDNS hiding would call out a name on the local network for every connection. Signalling is sealed: only the
  // partner sees the addresses that it hides (see webRtcPolicy).
  const features = [
    "WebRtcHideLocalIpsWithMdns",
    "MediaRouter",
    "OptimizationHints",
    "AutofillServerCommunication",
  ];
  app.commandLine.appendSwitch("disable-features", features.join(","));
};

/** After `ready`: names are looked up by this computer's own resolver, never over HTTPS at a third party. */
export const useSystemResolver = (app: App): void => {
  app.configureHostResolver({ secureDnsMode: "off", secureDnsServers: [] });
};

/**
 * "default" offers the local addresses too. Two computers on one network, or two windows on one computer, cannot
 * meet without them, and a partner's device sees the internet address in any case unless a relay is chosen.
 */
export const webRtcPolicy = "default" as const;

/** No password prompts, no client certificates, no exception for a bad certificate: each would name a person to a server. */
export const refuseCredentials = (app: App): void => {
  app.on("login", (event, _contents, _details, _info, answer) => {
    event.preventDefault();
    answer();
  });
  app.on("select-client-certificate", (event, _contents, _url, _list, answer) => {
    event.preventDefault();
    answer();
  });
  app.on("certificate-error", (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault();
    answer(false);
  });
};
