import { accept, refuse, type Result } from "../../shared/base/result.ts";

export type SdpCode = "NOT_DATA_ONLY" | "NO_FINGERPRINT" | "SEVERAL_FINGERPRINTS";

const sha256 = /^sha-256 (?:[0-9a-f]{2}:){31}[0-9a-f]{2}$/i;

/**
 * The DTLS fingerprint that a description commits to, as in its line ("sha-256 AB:CD:…"). The handshake is bound
 * to it, so anything that leaves open which certificate will speak is refused: several different ones, none,
 * another hash. Refused too: sound, pictures or a second data section, which we never offer.
 */
export const readFingerprint = (sdp: string): Result<string, SdpCode> => {
  const lines = sdp.split(/\r\n|\r|\n/);
  const media = lines.filter((line) => line.startsWith("m="));
  if (media.length !== 1 || media[0]?.startsWith("m=application ") !== true)
    return refuse("NOT_DATA_ONLY");
  const found = new Set(
    lines.flatMap((line) => (line.startsWith(prefix) ? [line.slice(prefix.length).trim()] : [])),
  );
  const [fingerprint, another] = found;
  if (another !== undefined) return refuse("SEVERAL_FINGERPRINTS");
  return fingerprint !== undefined && sha256.test(fingerprint)
    ? accept(fingerprint)
    : refuse("NO_FINGERPRINT");
};

const prefix = "a=fingerprint:";

/** Both fingerprints of a negotiated connection, or undefined where one is not to be relied on. */
export const fingerprintsOf = (
  connection: Pick<RTCPeerConnection, "currentLocalDescription" | "currentRemoteDescription">,
): { readonly local: string; readonly remote: string } | undefined => {
  const local = readFingerprint(connection.currentLocalDescription?.sdp ?? "");
  const remote = readFingerprint(connection.currentRemoteDescription?.sdp ?? "");
  return local.ok && remote.ok ? { local: local.value, remote: remote.value } : undefined;
};
