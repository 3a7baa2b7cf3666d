import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { type Side, sides } from "../app/sides.ts";

/** The places of one line of the navigation. */
export const Nearby = ({ side }: { readonly side: Side }) => {
  const { t } = useTranslation("app");
  const [location] = useLocation();
  return (
    <nav className="nearby" aria-label={t(`nearby.${side}`)}>
      {sides[side].map((place) => (
        <Link
          key={place}
          href={`/${place}`}
          aria-current={location.split("/")[1] === place ? "page" : undefined}
        >
          {t(`sidePlace.${place}`)}
        </Link>
      ))}
    </nav>
  );
};
