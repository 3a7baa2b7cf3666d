import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { PageBody } from "../../shared/page/card.ts";
import type { Pen } from "../ui/editor/pen.ts";
import { useReadBody } from "../ui/editor/useReadBody.ts";
import { readHeadings } from "./headings.ts";

const sections = [
  "happened",
  "when",
  "knows",
  "health",
  "money",
  "untrue",
  "today",
  "else",
] as const;

type DisclosureSectionsProps = { readonly body: PageBody; readonly pen: Pen | undefined };

/** Headings to write under. Which are there already is said in words; none has to be. */
export const DisclosureSections = ({ body, pen }: DisclosureSectionsProps) => {
  const { t } = useTranslation("letters");
  const there = useReadBody(body, readHeadings);
  return (
    <section className="sections">
      <h2>{t("sections.title")}</h2>
      <p className="help">{t("sections.text")}</p>
      <ul>
        {sections.map((section) => {
          const name = t(`sections.${section}.name`);
          return (
            <li key={section}>
              <div>
                <p className="section-name">{name}</p>
                <p className="help">{t(`sections.${section}.help`)}</p>
              </div>
              {there.includes(name) ? (
                <p className="help">{t("sections.there")}</p>
              ) : (
                <Button
                  className="btn quiet"
                  aria-label={t("sections.add", { name })}
                  isDisabled={pen === undefined}
                  onPress={() => pen?.headAtEnd(name, 2)}
                >
                  {t("sections.addShort")}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
};
