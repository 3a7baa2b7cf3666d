import { useTranslation } from "react-i18next";
import { BackLink } from "../ui/BackLink.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { type PlaceId } from "./offers.ts";
import { PlaceLine } from "./PlaceLine.tsx";

const hours = {
  together: ["steady", "today", "agreements", "questions"],
  alone: ["steady", "room", "questions", "forMe"],
} as const satisfies Readonly<Record<string, readonly PlaceId[]>>;

/** The first hour, of the two or of one alone: four steps, each of which can be the last. */
export const HourPage = ({ hour }: { readonly hour: keyof typeof hours }) => {
  const { t } = useTranslation("begin");
  const names = usePartnerName();
  return (
    <article className="stack measured begin">
      <BackLink to="/begin">{t("title")}</BackLink>
      <PageTitle>{t(`${hour}.title`)}</PageTitle>
      <p>{t(`${hour}.lead`, names)}</p>
      <ol className="begin-steps">
        {hours[hour].map((place, step) => (
          <li key={place}>
            <p>{t(`${hour}.steps.${stepNames[step] ?? "one"}`, names)}</p>
            <ul className="lines">
              <PlaceLine place={place} />
            </ul>
          </li>
        ))}
      </ol>
      <p>{t(`${hour}.end`)}</p>
    </article>
  );
};

const stepNames = ["one", "two", "three", "four"] as const;
