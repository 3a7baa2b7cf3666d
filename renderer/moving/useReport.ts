import { useTranslation } from "react-i18next";
import type { LeftOut } from "../../shared/archive/leftOut.ts";
import type { BroughtIn } from "./useBringIn.ts";

/** Beyond so many, only how many more there are is said. */
export const namedAtOnce = 8;

export type Report = {
  /** What came, in sentences. */
  readonly came: (result: BroughtIn, place: string) => readonly string[];
  readonly left: (one: LeftOut) => string;
  /** All of it as one text, to keep. */
  readonly text: (result: BroughtIn, place: string) => string;
};

export const useReport = (): Report => {
  const { t } = useTranslation("moving");
  const came: Report["came"] = ({ pages, known, cancelled }, place) => [
    pages.length === 0 ? t("brought.none") : t("brought.came", { count: pages.length, place }),
    ...(known === 0 ? [] : [t("brought.known", { count: known })]),
    ...(cancelled ? [t("brought.stopped")] : []),
  ];
  const left: Report["left"] = ({ code, count }) => t(`left.${code}`, { count });
  return {
    came,
    left,
    text: (result, place) =>
      [
        t("report.heading"),
        "",
        ...came(result, place),
        ...(result.leftOut.length === 0 ? [] : ["", t("leftOut.heading")]),
        ...result.leftOut.flatMap((one) => [
          "",
          left(one),
          ...one.where.filter((name) => name !== "").map((name) => `  ${name}`),
          ...(one.count > one.where.length
            ? [`  ${t("leftOut.more", { count: one.count - one.where.length })}`]
            : []),
        ]),
        "",
      ].join("\n"),
  };
};
