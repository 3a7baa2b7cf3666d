import { useState } from "react";
import { useTranslation } from "react-i18next";
import { crisisCountries, crisisReadOn, countryOf, type CrisisLine } from "./crisisLines.ts";
import { useDates } from "../ui/useDates.ts";

/** By country, from what is in the app: nothing is asked of any network. */
export const CrisisLines = () => {
  const { t, i18n } = useTranslation("steady");
  const { dayAndYear } = useDates();
  const [code, setCode] = useState(() => countryOf(navigator.languages) ?? "");
  const country = crisisCountries.find((one) => one.code === code);
  const names = new Intl.DisplayNames([i18n.language], { type: "region" });
  const sorted = crisisCountries
    .map((one) => ({ code: one.code, name: names.of(one.code) ?? one.code }))
    .toSorted((one, other) => one.name.localeCompare(other.name, i18n.language));
  return (
    <div className="crisis stack">
      <p>{t("crisis.lead")}</p>
      <label className="field">
        {t("crisis.country")}
        <select
          className="input"
          autoFocus
          value={code}
          onChange={(event) => setCode(event.target.value)}
        >
          <option value="">{t("crisis.choose")}</option>
          {sorted.map((one) => (
            <option key={one.code} value={one.code}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
      {country === undefined ? (
        <p>{t("crisis.none")}</p>
      ) : (
        <section aria-label={names.of(country.code)} className="stack">
          <p className="crisis-now">
            {t("crisis.now")} <strong>{country.emergency}</strong>
            <span className="help">{t("crisis.source", { source: country.emergencySource })}</span>
          </p>
          <ul className="crisis-lines">
            {country.lines.map((line) => (
              <Line key={line.number} line={line} />
            ))}
          </ul>
        </section>
      )}
      <p className="help">{t("crisis.bill")}</p>
      <p className="help">
        {t("crisis.read", { day: dayAndYear(new Date(`${crisisReadOn}T12:00:00`).getTime()) })}
      </p>
    </div>
  );
};

const Line = ({ line }: { readonly line: CrisisLine }) => {
  const { t } = useTranslation("steady");
  const { about, name, number, text, forWomen, source, page } = line;
  return (
    <li>
      <strong className="crisis-number">{number}</strong>
      <span>
        {name}. {t(`crisis.about.${about}`)}
        {forWomen === true ? ` ${t("crisis.forWomen")}` : ""}
      </span>
      {text === undefined ? null : (
        <span>
          {text.words === undefined
            ? t("crisis.textTo", { to: text.to })
            : t("crisis.textWords", { words: text.words, to: text.to })}
        </span>
      )}
      <span className="help">
        {page === undefined
          ? t("crisis.source", { source })
          : t("crisis.sourceOf", { source, page })}
      </span>
    </li>
  );
};
