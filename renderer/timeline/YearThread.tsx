import { useTranslation } from "react-i18next";
import { noonOf } from "../../shared/page/day.ts";
import type { Day } from "../../shared/page/card.ts";
import type { TimelineMonth } from "../../shared/page/timeline.ts";
import { Fold } from "../ui/Fold.tsx";
import { MarkShape, shapeOf } from "./MarkShape.tsx";
import { nameOf } from "./markWords.ts";

type YearThreadProps = {
  /** "2026" */
  readonly year: string;
  readonly months: readonly TimelineMonth[];
};

/**
 * A year as a thread, with the sorts of marks that each month has: each sort once, so that no month looks like more
 * than another. A month without one is a piece of thread like any other.
 */
export const YearThread = ({ year, months }: YearThreadProps) => {
  const { t } = useTranslation(["timeline", "app"]);
  const locale = t("app:dates.locale");
  const short = new Intl.DateTimeFormat(locale, { month: "narrow" });
  const long = new Intl.DateTimeFormat(locale, { month: "long" });
  const all = Array.from({ length: 12 }, (_, index) => {
    const month = `${year}-${String(index + 1).padStart(2, "0")}`;
    const marks = months.find((one) => one.month === month)?.marks ?? [];
    const names = [...new Set(marks.map(nameOf))];
    return {
      month,
      at: noonOf(`${month}-01` as Day),
      shapes: [...new Set(names.map(shapeOf))],
      words: names.map((name) => t(`mark.${name}`)),
      names,
    };
  });
  const legend = new Map(
    all.flatMap(({ names }) => names.map((name) => [t(`mark.${name}`), shapeOf(name)] as const)),
  );
  if (legend.size === 0) return null;
  return (
    <section className="stack year-thread" aria-label={t("thread.label", { year })}>
      <div aria-hidden="true">
        <p className="thread-year">{year}</p>
        <div className="year-line">
          {all.map(({ month, at, shapes }) => (
            <div key={month} className="thread-month">
              <div className="thread-marks">
                {shapes.map((shape) => (
                  <MarkShape key={shape} shape={shape} />
                ))}
              </div>
              <span className="thread-knot" />
              <span className="thread-name">{short.format(at)}</span>
            </div>
          ))}
        </div>
        <ul className="thread-words">
          {[...legend].map(([word, shape]) => (
            <li key={word}>
              <MarkShape shape={shape} />
              {word}
            </li>
          ))}
        </ul>
      </div>
      <Fold title={t("thread.asTable")}>
        <table className="thread-table">
          <caption>{t("thread.label", { year })}</caption>
          <thead>
            <tr>
              <th scope="col">{t("thread.month")}</th>
              <th scope="col">{t("thread.what")}</th>
            </tr>
          </thead>
          <tbody>
            {all
              .filter(({ words }) => words.length > 0)
              .map(({ month, at, words }) => (
                <tr key={month}>
                  <th scope="row">{long.format(at)}</th>
                  <td>{words.join(", ")}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </Fold>
    </section>
  );
};
