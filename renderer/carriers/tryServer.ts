import type { Clock } from "../../shared/base/clock.ts";
import type { IceServer, ServerAnswer } from "../../shared/journal/journal.ts";
import { toRtc } from "./iceServers.ts";

/** ms; a server that is far away and loses packets answers within seconds. */
const patienceMs = 10_000;

/** Asks nobody but this server. */
export const tryServer = async (server: IceServer, clock: Clock): Promise<ServerAnswer> => {
  try {
    return await (/^turns?:/i.test(server.url) ? tryRelay : tryStun)(server, clock);
  } catch {
    // An address that a browser does not take at all.
    return "silent";
  }
};

const tryRelay = async (server: IceServer, clock: Clock): Promise<ServerAnswer> => {
  const config: RTCConfiguration = { iceServers: [toRtc(server)], iceTransportPolicy: "relay" };
  const [here, there] = [new RTCPeerConnection(config), new RTCPeerConnection(config)];
  try {
    const way = here.createDataChannel("way", { negotiated: true, id: 0 });
    const back = there.createDataChannel("way", { negotiated: true, id: 0 });
    const gathered = watchGathering(here);
    passCandidates(here, there);
    passCandidates(there, here);
    const carried = new Promise<ServerAnswer>((resolve) => {
      back.addEventListener("message", () => resolve("carries"), { once: true });
      way.addEventListener("open", () => way.send("1"), { once: true });
    });
    await here.setLocalDescription();
    await there.setRemoteDescription(here.localDescription as RTCSessionDescription);
    await there.setLocalDescription();
    await here.setRemoteDescription(there.localDescription as RTCSessionDescription);
    const without = gathered.ended.then((): ServerAnswer | Promise<ServerAnswer> =>
      gathered.found("relay") ? carried : gathered.wasRefused() ? "refused" : "silent",
    );
    const late = (): ServerAnswer =>
      gathered.found("relay") ? "letsIn" : gathered.wasRefused() ? "refused" : "silent";
    return await within(Promise.race([carried, without]), late, clock);
  } finally {
    here.close();
    there.close();
  }
};

const tryStun = async (server: IceServer, clock: Clock): Promise<ServerAnswer> => {
  const here = new RTCPeerConnection({ iceServers: [toRtc(server)] });
  try {
    here.createDataChannel("way", { negotiated: true, id: 0 });
    const gathered = watchGathering(here);
    await here.setLocalDescription();
    // A host address needs no server; where both are the same, only the reflexive one is left out: then the end says so.
    const told = (): ServerAnswer =>
      gathered.found("srflx") || (gathered.isOver() && !gathered.heardNothing())
        ? "answers"
        : "silent";
    return await within(gathered.ended.then(told), told, clock);
  } finally {
    here.close();
  }
};

/** What one side finds while it looks for ways. */
const watchGathering = (connection: RTCPeerConnection) => {
  const types = new Set<string>();
  const errors: number[] = [];
  let over = false;
  connection.addEventListener("icecandidateerror", ({ errorCode }) => errors.push(errorCode));
  const ended = new Promise<void>((resolve) => {
    connection.addEventListener("icecandidate", ({ candidate }) => {
      if (candidate !== null && candidate.candidate !== "") {
        if (candidate.type !== null) types.add(candidate.type);
        return;
      }
      over = true;
      resolve();
    });
  });
  return {
    ended,
    isOver: () => over,
    found: (type: string): boolean => types.has(type),
    wasRefused: (): boolean => errors.some((code) => code >= 400 && code < 500),
    /** 701: the server could not be reached (RFC 8445's name for it in browsers). */
    heardNothing: (): boolean => errors.length > 0,
  };
};

const passCandidates = (from: RTCPeerConnection, to: RTCPeerConnection): void => {
  const early: RTCIceCandidate[] = [];
  const give = (candidate: RTCIceCandidate): void =>
    void to.addIceCandidate(candidate).catch(() => undefined);
  from.addEventListener("icecandidate", ({ candidate }) => {
    if (candidate === null) return;
    if (to.remoteDescription === null) early.push(candidate);
    else give(candidate);
  });
  to.addEventListener("signalingstatechange", () => {
    if (to.remoteDescription !== null) early.splice(0).forEach(give);
  });
};

const within = <Value>(promise: Promise<Value>, late: () => Value, clock: Clock): Promise<Value> =>
  new Promise((resolve, reject) => {
    const cancel = clock.after(patienceMs, () => resolve(late()));
    promise.then(resolve, reject).finally(cancel);
  });
