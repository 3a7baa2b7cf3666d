import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { goToPart, settingGroups, settingsAt } from "./parts.ts";

/** The page is long: five ways into it. */
export const OnThisPage = () => {
  const { t } = useTranslation("settings");
  return (
    <nav aria-label={t("onThisPage")}>
      <ul className="on-this-page">
        {settingGroups.map((part) => (
          <li key={part}>
            {/* Not by the address: another one would be another page, without what was typed on this. */}
            <Link
              href={settingsAt(part)}
              onClick={(event) => {
                event.preventDefault();
                goToPart(part);
              }}
            >
              {t(`groups.${part}`)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
};
