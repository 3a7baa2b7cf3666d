/**
 * One database each: a volume's name ends in `.<ledger>.<number>`, a cache's in `.<ledger>.cache`, that of photos in
 * `.<ledger>.chunks`.
 * The last two parts hold no dot, so no two share a name, whatever a profile is called.
 */
export type LedgerName = "kept" | "carried" | "room";

export const volumeName = (prefix: string, ledger: LedgerName, volume: number): string =>
  `${prefix}.${ledger}.${volume}`;

export const cacheName = (prefix: string, ledger: LedgerName): string =>
  `${prefix}.${ledger}.cache`;

export const chunksName = (prefix: string, ledger: LedgerName): string =>
  `${prefix}.${ledger}.chunks`;

/** My room's only database. */
export const drawersName = (prefix: string): string => `${prefix}.room.drawers`;

/** The number in a volume's name; undefined for any other database. */
export const volumeNumber = (
  name: string | undefined,
  prefix: string,
  ledger: LedgerName,
): number | undefined => {
  const start = `${prefix}.${ledger}.`;
  if (name === undefined || !name.startsWith(start)) return undefined;
  const digits = name.slice(start.length);
  return /^[1-9]\d{0,8}$/.test(digits) ? Number(digits) : undefined;
};
