import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";

/** Places that lie side by side under one line of the navigation. */
const nearby = {
  agreements: ["agreements", "promises"],
  forMe: ["helps", "cues", "people"],
} as const;

type Side = keyof typeof nearby;

/** Where the places of a side lie, if not each for itself. */
const under: Partial<Record<Side, string>> = { forMe: "/for-me" };

export const Nearby = ({ side }: { readonly side: Side }) => {
  const { t } = useTranslation("app");
  const [location] = useLocation();
  return (
    <nav className="nearby" aria-label={t(`nearby.${side}`)}>
      {nearby[side].map((place) => {
        const href = `${under[side] ?? ""}/${place}`;
        const here = location === href || location.startsWith(`${href}/`);
        return (
          <Link key={place} href={href} aria-current={here ? "page" : undefined}>
            {t(`sidePlace.${place}`)}
          </Link>
        );
      })}
    </nav>
  );
};
