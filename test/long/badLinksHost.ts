import { systemClock } from "../../shared/base/clock.ts";
import { createRendezvousHost } from "../../electron/rendezvousHost.ts";
import { defaultPort, startRendezvous } from "../../server/rendezvous.ts";

/** The meeting point inside the app, as electron/main.ts puts it together, opened to the network. */
const host = createRendezvousHost({
  port: defaultPort,
  start: (at, port) => startRendezvous({ host: at, port, clock: systemClock, log: () => {} }),
  isTwofold: async () => false,
  clock: systemClock,
});
const opened = await host.openToNetwork(true);
if (!opened.ok) throw new Error(opened.code);
// What an invitation carries.
console.log(JSON.stringify(opened.value));
