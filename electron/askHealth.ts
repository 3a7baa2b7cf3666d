import * as v from "valibot";

const health = v.object({ app: v.literal("twofold-rendezvous") });

/** Asks, on this computer only, what listens at a port. Silence for a second, or another answer: false. */
export const isTwofoldRendezvous = async (address: string): Promise<boolean> => {
  const url = new URL("/health", address.replace(/^ws:/, "http:"));
  if (url.hostname !== "127.0.0.1") return false;
  try {
    const answer = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(1_000) });
    return answer.ok && v.is(health, await answer.json());
  } catch {
    return false;
  }
};
