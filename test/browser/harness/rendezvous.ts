import { startRendezvous, type Rendezvous } from "../../../server/rendezvous.ts";
import { systemClock } from "../../../shared/base/clock.ts";

/** The real meeting point, on this computer alone, at a port that is free or the one given. */
export const startRendezvousHere = async (port = 0): Promise<Rendezvous> => {
  const started = await startRendezvous({
    host: "127.0.0.1",
    port,
    clock: systemClock,
    log: () => {},
  });
  if (!started.ok) throw new Error(started.code);
  return started.value;
};
