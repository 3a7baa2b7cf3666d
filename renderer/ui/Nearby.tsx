import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";

/** Places that lie side by side under one line of the navigation. */
const nearby = {
  agreements: ["agreements", "promises"],
  timeline: ["timeline", "timeline/weather", "session"],
} as const;

type Side = keyof typeof nearby;

/** One of them lies within another: the longest that fits is where one is. */
const hereIn = (places: readonly string[], location: string): string | undefined =>
  places
    .filter((place) => location === `/${place}` || location.startsWith(`/${place}/`))
    .toSorted((one, other) => other.length - one.length)[0];

export const Nearby = ({ side }: { readonly side: Side }) => {
  const { t } = useTranslation("app");
  const [location] = useLocation();
  return (
    <nav className="nearby" aria-label={t(`nearby.${side}`)}>
      {nearby[side].map((place) => (
        <Link
          key={place}
          href={`/${place}`}
          aria-current={hereIn(nearby[side], location) === place ? "page" : undefined}
        >
          {t(`sidePlace.${place}`)}
        </Link>
      ))}
    </nav>
  );
};
