/** Which sheet a key stands on, if any. */
export type SheetPlaces = {
  readonly add: (sheet: number, keys: readonly string[]) => void;
  readonly find: (key: string) => number | undefined;
  readonly leave: (key: string) => void;
};

/** Looked for so often by walking through the keys; after that a map of all of them is worth what it costs. */
const mostWalks = 64;

/**
 * A start reads 150,000 keys and mostly asks of the few that are written next: a map of all of them would take longer
 * than the reading.
 */
export const createSheetPlaces = (): SheetPlaces => {
  const sheets = new Map<number, readonly string[]>();
  let byKey: Map<string, number> | undefined;
  const gone = new Set<string>();
  let walks = 0;

  const walk = (key: string): number | undefined => {
    // The newest first: what is written again was mostly written not long ago.
    for (const [sheet, keys] of [...sheets].toReversed()) if (keys.includes(key)) return sheet;
    return undefined;
  };
  const mapAll = (): Map<string, number> => {
    const all = new Map<string, number>();
    for (const [sheet, keys] of sheets) for (const key of keys) all.set(key, sheet);
    for (const key of gone) all.delete(key);
    sheets.clear();
    gone.clear();
    return all;
  };

  return {
    add: (sheet, keys) => {
      if (byKey !== undefined) return keys.forEach((key) => byKey?.set(key, sheet));
      // One that left may come back, to another sheet than the one where it stood.
      if (keys.some((key) => gone.has(key))) byKey = mapAll();
      for (const key of keys) byKey?.set(key, sheet);
      if (byKey === undefined) sheets.set(sheet, keys);
    },
    find: (key) => {
      if (byKey === undefined && (walks += 1) > mostWalks) byKey = mapAll();
      if (byKey !== undefined) return byKey.get(key);
      return gone.has(key) ? undefined : walk(key);
    },
    leave: (key) => {
      if (byKey === undefined) gone.add(key);
      else byKey.delete(key);
    },
  };
};
