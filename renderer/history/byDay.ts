import type { Version } from "../../shared/journal/openPage.ts";
import { dayAt } from "../../shared/page/day.ts";

/** A day with the places of its versions in the history, newest first. */
export type VersionDay = { readonly at: number; readonly versions: readonly number[] };

/** In the order of the history, however the writer's clock went: the same day may come again. */
export const byDay = (versions: readonly Pick<Version, "writtenAt">[]): readonly VersionDay[] => {
  const days: { at: number; versions: number[] }[] = [];
  for (const [index, { writtenAt }] of [...versions.entries()].toReversed()) {
    const last = days.at(-1);
    if (last !== undefined && dayAt(last.at) === dayAt(writtenAt)) last.versions.push(index);
    else days.push({ at: writtenAt, versions: [index] });
  }
  return days;
};
