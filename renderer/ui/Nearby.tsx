import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";

/** Places that lie side by side under one line of the navigation. */
const nearby = {
  agreements: ["agreements", "promises"],
  timeline: ["timeline", "timeline/weather", "session"],
} as const;

type Side = keyof typeof nearby;

const isHere = (location: string, place: string): boolean =>
  place.includes("/") ? location === `/${place}` : location.split("/")[1] === place;

export const Nearby = ({ side }: { readonly side: Side }) => {
  const { t } = useTranslation("app");
  const [location] = useLocation();
  return (
    <nav className="nearby" aria-label={t(`nearby.${side}`)}>
      {nearby[side].map((place) => (
        <Link
          key={place}
          href={`/${place}`}
          aria-current={isHere(location, place) ? "page" : undefined}
        >
          {t(`sidePlace.${place}`)}
        </Link>
      ))}
    </nav>
  );
};
