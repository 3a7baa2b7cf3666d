import { useTranslation } from "react-i18next";
import { Link } from "wouter";

const places = ["agreements", "promises"] as const;

/** The two places that lie side by side: what both have said yes to, and what one says of themselves. */
export const Nearby = ({ here }: { readonly here: (typeof places)[number] }) => {
  const { t } = useTranslation("agreements");
  return (
    <nav className="nearby" aria-label={t("nearby.label")}>
      {places.map((place) => (
        <Link key={place} href={`/${place}`} aria-current={place === here ? "page" : undefined}>
          {t(`nearby.${place}`)}
        </Link>
      ))}
    </nav>
  );
};
