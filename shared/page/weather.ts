import type { Card } from "./card.ts";
import { type Day, dayAt } from "./day.ts";
import { saidOf } from "./said.ts";
import type { Month } from "./timeline.ts";

/** Words for how I was, on one day, in the order in which they were written. */
export type WeatherDay = { readonly day: Day; readonly words: readonly string[] };

export type WeatherMonth = { readonly month: Month; readonly days: readonly WeatherDay[] };

/**
 * My own words for how I was, newest month first, its days as they went by. Of the partner's there is none here, not
 * even of those they shared: two ribbons side by side would be a comparison.
 */
export const readWeather = (cards: readonly Card[]): readonly WeatherMonth[] => {
  const days = new Map<Day, string[]>();
  for (const { day, words } of cards.flatMap(feltOn).toSorted((one, other) => one.at - other.at)) {
    const before = days.get(day) ?? [];
    days.set(day, [...before, ...words.filter((word) => !before.includes(word))]);
  }
  const months = new Map<Month, WeatherDay[]>();
  for (const [day, words] of [...days].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    const month = day.slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), { day, words }]);
  }
  return [...months]
    .toSorted(([one], [other]) => (one < other ? 1 : -1))
    .map(([month, those]) => ({ month, days: those }));
};

type Felt = { readonly day: Day; readonly at: number; readonly words: readonly string[] };

const feltOn = (card: Card): readonly Felt[] => {
  const { author, place, withdrawnAt, trashedAt, draft, writtenAt, aboutAt } = card;
  const counts = author === "me" && withdrawnAt === undefined && trashedAt === undefined;
  if (!counts || place === "room" || draft?.changes !== undefined) return [];
  const checkin = saidOf("checkin", card.said);
  const words = (card.kind === "entry" ? card.feelings : checkin?.feelings) ?? [];
  if (words.length === 0) return [];
  const at = card.kind === "entry" ? aboutAt : writtenAt;
  return [{ day: checkin?.day ?? dayAt(at), at, words }];
};
