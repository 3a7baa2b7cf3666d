import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSurroundings } from "../ui/surroundings.ts";
import { breathAt, breathParts } from "./breathPace.ts";

/**
 * In for four, hold for four, out for six. The shape is drawn by the style sheet and begins with the words; with
 * reduced motion it stands still, and the words and the number alone go on.
 */
export const Breathing = () => {
  const { t } = useTranslation("steady");
  const { clock } = useSurroundings();
  const [began] = useState(() => clock.now());
  const [now, setNow] = useState(began);
  const { part, left, nextIn } = breathAt(now - began);
  useEffect(() => clock.after(nextIn, () => setNow(clock.now())), [clock, nextIn, now]);
  return (
    <div className="breathing stack">
      <p>{t("breathe.lead")}</p>
      <div className="breath" data-part={part}>
        <span className="breath-shape" aria-hidden="true" />
        <p className="breath-words">
          <span role="status">{t(`breathe.parts.${part}`)}</span>
          <span className="breath-left" aria-hidden="true">
            {left}
          </span>
        </p>
      </div>
      <ol className="breath-parts">
        {breathParts.map((one) => (
          <li key={one.part} aria-current={one.part === part ? "step" : undefined}>
            {t(`breathe.long.${one.part}`, { count: one.seconds })}
          </li>
        ))}
      </ol>
      <p className="help">{t("breathe.note")}</p>
    </div>
  );
};
