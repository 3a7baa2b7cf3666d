import { useTranslation } from "react-i18next";
import { type TroubleGroup, troubleText } from "./troubleText.ts";

/** What happened, what is safe, what to do, in that order; said aloud by a screen reader when it appears. */
export const Trouble = ({
  group,
  code,
}: {
  readonly group: TroubleGroup;
  readonly code: string;
}) => {
  const { i18n } = useTranslation();
  const { happened, safe, next } = troubleText(i18n, group, code);
  return (
    <div className="trouble" role="alert">
      <p className="trouble-happened">{happened}</p>
      <p>{safe}</p>
      <p>{next}</p>
    </div>
  );
};
