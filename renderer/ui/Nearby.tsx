import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { type Side, sidePath, sides } from "../app/sides.ts";

/** The places of one line of the navigation. */
export const Nearby = ({ side }: { readonly side: Side }) => {
  const { t } = useTranslation("app");
  const [location] = useLocation();
  return (
    <nav className="nearby" aria-label={t(`nearby.${side}`)}>
      {sides[side].map((place) => {
        const path = sidePath(place);
        const here = location === path || location.startsWith(`${path}/`);
        return (
          <Link key={place} href={path} aria-current={here ? "page" : undefined}>
            {t(`sidePlace.${place}`)}
          </Link>
        );
      })}
    </nav>
  );
};
