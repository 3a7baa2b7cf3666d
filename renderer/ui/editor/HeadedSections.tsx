import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { PageBody } from "../../../shared/page/card.ts";
import { readHeadings } from "./headings.ts";
import type { Pen } from "./pen.ts";
import { useReadBody } from "./useReadBody.ts";

type HeadedSectionsProps = {
  readonly body: PageBody;
  readonly pen: Pen | undefined;
  readonly title: string;
  readonly text: string;
  readonly sections: readonly { readonly name: string; readonly help: string }[];
};

/** Headings to write under. Which are there already is said in words; none has to be. */
export const HeadedSections = ({ body, pen, title, text, sections }: HeadedSectionsProps) => {
  const { t } = useTranslation("letters");
  const there = useReadBody(body, readHeadings);
  return (
    <section className="sections">
      <h2>{title}</h2>
      <p className="help">{text}</p>
      <ul>
        {sections.map(({ name, help }) => (
          <li key={name}>
            <div>
              <p className="section-name">{name}</p>
              <p className="help">{help}</p>
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
        ))}
      </ul>
    </section>
  );
};
