import { systemClock } from "../../shared/base/clock.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import { tryServer } from "../../renderer/carriers/tryServer.ts";

type Try = Journal["tryServer"];

const page: Record<"tryServer" | "tryInHaste", Try> = {
  tryServer: (server) => tryServer(server, systemClock),
  /** Waits no longer than is needed to say that nothing came. */
  tryInHaste: (server) =>
    tryServer(server, {
      now: systemClock.now,
      after: (ms, run) => systemClock.after(ms / 10, run),
    }),
};
Object.assign(globalThis, page);

declare global {
  var tryServer: Try;
  var tryInHaste: Try;
}
