import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";

const senses = ["see", "touch", "hear", "smell", "taste"] as const;

/** Five things one sees down to one that one tastes. Nothing is typed, nothing is kept. */
export const FiveThings = () => {
  const { t } = useTranslation("steady");
  const [at, setAt] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current) heading.current?.focus();
    moved.current = true;
  }, [at]);
  const sense = senses[at];
  return (
    <div className="grounding stack">
      <h3 ref={heading} tabIndex={-1}>
        {sense === undefined ? t("ground.end.title") : t(`ground.${sense}.title`)}
      </h3>
      <p>{sense === undefined ? t("ground.end.text") : t(`ground.${sense}.text`)}</p>
      <div className="row">
        {sense === undefined ? (
          <Button className="btn" onPress={() => setAt(0)}>
            {t("ground.again")}
          </Button>
        ) : (
          <Button className="btn primary" autoFocus onPress={() => setAt(at + 1)}>
            {t("ground.next")}
          </Button>
        )}
        {at === 0 || sense === undefined ? null : (
          <Button className="btn quiet" onPress={() => setAt(at - 1)}>
            {t("ground.before")}
          </Button>
        )}
      </div>
    </div>
  );
};
