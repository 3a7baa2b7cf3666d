import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { placesFor, type Side, sideAt, sidePath } from "../app/sides.ts";
import { useJournal } from "./surroundings.ts";
import { useLive } from "./useLive.ts";

/** The places of one line of the navigation. */
export const Nearby = ({ side }: { readonly side: Side }) => {
  const { t } = useTranslation("app");
  const [location] = useLocation();
  const { role } = useLive(useJournal().me);
  const here = sideAt(side, location);
  return (
    <nav className="nearby" aria-label={t(`nearby.${side}`)}>
      {placesFor(side, role).map((place) => (
        <Link key={place} href={sidePath(place)} aria-current={place === here ? "page" : undefined}>
          {t(`sidePlace.${place}`)}
        </Link>
      ))}
    </nav>
  );
};
