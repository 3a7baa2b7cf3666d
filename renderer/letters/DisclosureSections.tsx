import { useTranslation } from "react-i18next";
import type { PageBody } from "../../shared/page/card.ts";
import { HeadedSections } from "../ui/editor/HeadedSections.tsx";
import type { Pen } from "../ui/editor/pen.ts";

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

export const DisclosureSections = ({ body, pen }: DisclosureSectionsProps) => {
  const { t } = useTranslation("letters");
  return (
    <HeadedSections
      body={body}
      pen={pen}
      title={t("sections.title")}
      text={t("sections.text")}
      sections={sections.map((section) => ({
        name: t(`sections.${section}.name`),
        help: t(`sections.${section}.help`),
      }))}
    />
  );
};
