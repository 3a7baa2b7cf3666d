import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { type Side, sideAt, sidePath, sides } from "../app/sides.ts";

/** The places of one line of the navigation. */
export const Nearby = ({ side }: { readonly side: Side }) => {
  const { t } = useTranslation("app");
  const [location] = useLocation();
  const here = sideAt(side, location);
  return (
    <nav className="nearby" aria-label={t(`nearby.${side}`)}>
      {sides[side].map((place) => (
        <Link key={place} href={sidePath(place)} aria-current={place === here ? "page" : undefined}>
          {t(`sidePlace.${place}`)}
        </Link>
      ))}
    </nav>
  );
};
