import { useTranslation } from "react-i18next";
import type { Hand } from "../../shared/page/hands.ts";

/** The one need, and the line with it. */
export const HandWords = ({ hand: { need, line } }: { readonly hand: Hand }) => {
  const { t } = useTranslation("hand");
  return (
    <>
      <p className="hand-need">{t(`needs.${need}`)}</p>
      {line === undefined ? null : (
        <p className="line-words" dir="auto">
          {line}
        </p>
      )}
    </>
  );
};
