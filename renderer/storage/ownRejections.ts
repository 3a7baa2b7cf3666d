/**
 * y-indexeddb starts work and drops the promise. What can go wrong there is noticed elsewhere
 * (volumes.ts listens on the connection, confirmSaved.ts looks at the disk), but the dropped promise
 * would still be reported to the page as unhandled. Quieted here, and nothing else:
 * - reasons that `own` was given, by identity (opening the database);
 * - once a connection of ours was lost, the three errors IndexedDB has for using a lost connection.
 */
export type OwnRejections = {
  readonly own: (reason: unknown) => void;
  readonly connectionLost: () => void;
};

const afterLoss: readonly string[] = [
  "AbortError",
  "InvalidStateError",
  "TransactionInactiveError",
];

export const watchOwnRejections = (): OwnRejections => {
  watching ??= watch();
  return watching;
};

/** A page has one such event, so one listener serves all profiles and every unlocking. */
let watching: OwnRejections | undefined;

const watch = (): OwnRejections => {
  const owned = new WeakSet<object>();
  let lost = false;
  const isOurs = (reason: unknown): boolean =>
    (typeof reason === "object" && reason !== null && owned.has(reason)) ||
    (lost && reason instanceof DOMException && afterLoss.includes(reason.name));
  // Absent in Node, where tests run without a page.
  globalThis.addEventListener?.("unhandledrejection", (event) => {
    if (isOurs(event.reason)) event.preventDefault();
  });
  return {
    own: (reason) => {
      if (typeof reason === "object" && reason !== null) owned.add(reason);
    },
    connectionLost: () => {
      lost = true;
    },
  };
};
