/**
 * `Twofold-1a2b3c4d-20261122-071530.twofold`: a mark of the profile that chose the folder, and when, in UTC. Only
 * files of that form and that mark are ever taken away: two people may keep theirs in one folder.
 */
export const backupName = (mark: string, now: number): string => {
  const [day = "", time = ""] = new Date(now).toISOString().split("T");
  return `Twofold-${mark}-${day.replaceAll("-", "")}-${time.slice(0, 8).replaceAll(":", "")}.twofold`;
};

export const backupEnding = ".twofold";

export const isBackupMark = (text: string): boolean => /^[0-9a-f]{8}$/.test(text);

/** A file that this profile made, by its name. */
export const isBackupOf = (name: string, mark: string): boolean =>
  new RegExp(`^Twofold-${mark}-\\d{8}-\\d{6}\\.twofold$`).test(name);

/** What may go once `kept` stands there: those of this mark beyond the newest `count`, `kept` among these. */
export const spareBackups = (
  names: readonly string[],
  mark: string,
  kept: string,
  count: number,
): readonly string[] =>
  names
    .filter((name) => isBackupOf(name, mark) && name !== kept)
    .toSorted()
    .reverse()
    .slice(count - 1);
