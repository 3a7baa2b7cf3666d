import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { noonOf } from "../../shared/page/day.ts";
import type { Day } from "../../shared/page/card.ts";
import { readWeather, type WeatherMonth } from "../../shared/page/weather.ts";
import { Fold } from "../ui/Fold.tsx";
import { Nearby } from "../ui/Nearby.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { useDates } from "../ui/useDates.ts";
import { useDayWords } from "../ui/useDayWords.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";

/** How many months stand there at first, and how many come with each press. */
const atOnce = 12;

/** My own words for how I was, on a ribbon. No word is better than another here: none has a colour, a size or a place on a scale. */
export const WeatherPlace = () => {
  const { t } = useTranslation(["timeline", "app"]);
  const cards = useLive(useJournal().cards);
  const months = useMemo(() => readWeather(cards), [cards]);
  const [shown, setShown] = useState(atOnce);
  return (
    <div className="stack measured">
      <PageTitle>{t("weather.title")}</PageTitle>
      <Nearby side="timeline" />
      <p className="help">{t("weather.lead")}</p>
      {months.length === 0 ? <p className="quiet-state">{t("weather.none")}</p> : null}
      {months.slice(0, shown).map((month) => (
        <Ribbon key={month.month} month={month} />
      ))}
      {months.length <= shown ? null : (
        <Button className="btn quiet earlier" onPress={() => setShown(shown + atOnce)}>
          {t("app:earlier")}
        </Button>
      )}
    </div>
  );
};

const Ribbon = ({ month: { month, days } }: { readonly month: WeatherMonth }) => {
  const { t } = useTranslation("timeline");
  const dates = useDates();
  const dayWords = useDayWords();
  const name = dates.month(noonOf(`${month}-01` as Day));
  // A word stands once in a month, where it came first: how often is nobody's business, the writer's least.
  const words = [...new Set(days.flatMap((day) => day.words))];
  return (
    <section className="stack" aria-labelledby={`weather-${month}`}>
      <h2 className="month" id={`weather-${month}`}>
        {name}
      </h2>
      <ul className="ribbon">
        {words.map((word) => (
          <li key={word} dir="auto">
            {word}
          </li>
        ))}
      </ul>
      <Fold title={t("weather.byDay")}>
        <table className="thread-table">
          <caption>{t("weather.tableOf", { month: name })}</caption>
          <thead>
            <tr>
              <th scope="col">{t("weather.day")}</th>
              <th scope="col">{t("weather.words")}</th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, words: felt }) => (
              <tr key={day}>
                <th scope="row">{dayWords(day)}</th>
                <td dir="auto">{felt.join(", ")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Fold>
    </section>
  );
};
