import { vi } from "vitest";

/** Waits for what a real disk, socket or process does in its own time; a busy machine takes longer than a second. */
export const until = <Seen>(check: () => Seen | Promise<Seen>): Promise<Seen> =>
  vi.waitFor(check, { interval: 10, timeout: 20_000 });
