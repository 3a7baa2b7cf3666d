import { useTranslation } from "react-i18next";
import type { Trouble } from "../../shared/journal/journal.ts";
import { troubleText } from "../ui/troubleText.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useDates } from "../ui/useDates.ts";
import { useLive } from "../ui/useLive.ts";
import { Section } from "./Section.tsx";

/** Codes with their sentences; there is no written word in it, so it can be shown to somebody who helps. */
export const Troubles = () => {
  const { t } = useTranslation("settings");
  const journal = useJournal();
  const shared = useLive(journal.troubles);
  const inRoom = useLive(journal.room.troubles);
  const troubles = [...inRoom, ...shared];
  return (
    <Section title={t("troubles.title")}>
      {troubles.length === 0 ? (
        <p className="quiet-state">{t("troubles.none")}</p>
      ) : (
        <ul className="troubles">
          {troubles.map((trouble, index) => (
            <OneTrouble key={index} trouble={trouble} />
          ))}
        </ul>
      )}
    </Section>
  );
};

const OneTrouble = ({ trouble }: { readonly trouble: Trouble }) => {
  const { t, i18n } = useTranslation("settings");
  const dates = useDates();
  const { happened, safe, next } = troubleText(i18n, "carried", trouble.code);
  return (
    <li>
      <p className="help">
        {t("troubles.when", { day: dates.moment(trouble.at), code: trouble.code })}
      </p>
      <p>
        {happened} {safe} {next}
      </p>
    </li>
  );
};
