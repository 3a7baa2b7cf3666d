import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import { Openers } from "../ui/editor/Openers.tsx";
import { Field } from "../ui/Field.tsx";

const moments = ["hide", "message", "explain", "away", "anger", "flood"] as const;

/** The longest title of a page. */
const longest = 200;

/** The moment that a plan is for. It is the page's title, so it can be changed as the words can. */
export const WhenField = ({ page }: { readonly page: OpenPage }) => {
  const { t } = useTranslation("notes");
  const [when, setWhen] = useState(() => page.card.read().title);
  const write = (typed: string) => {
    const next = typed.replaceAll(/\s*[\r\n]+\s*/g, " ").slice(0, longest);
    setWhen(next);
    page.setTitle(next);
  };
  return (
    <>
      <Field
        label={t("whenField.label")}
        help={t("whenField.help")}
        lines={2}
        value={when}
        onChange={write}
      />
      {when === "" ? (
        <Openers
          label={t("whenField.openers")}
          ready
          openers={moments.map((moment) => {
            const says = t(`whenField.${moment}`);
            return { says: `… ${says}`, write: () => write(says) };
          })}
        />
      ) : null}
    </>
  );
};
