import { useTranslation } from "react-i18next";

type TalkArcProps = {
  readonly minutes: number;
  readonly leftMs: number;
  /** Somebody has a pause: the time stands. */
  readonly still: boolean;
};

const minuteMs = 60_000;

/**
 * What is left of the agreed time: an arc that grows smaller, and the words beside it. With reduced motion it takes a
 * step with each minute, as the words do.
 */
export const TalkArc = ({ minutes, leftMs, still }: TalkArcProps) => {
  const { t } = useTranslation("talks");
  const left = Math.ceil(leftMs / minuteMs);
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const part = Math.min(1, (calm ? left * minuteMs : leftMs) / (minutes * minuteMs));
  return (
    <div className="talk-clock">
      <svg viewBox="0 0 120 120" aria-hidden="true">
        <circle cx="60" cy="60" r="52" />
        <circle
          className="talk-arc"
          cx="60"
          cy="60"
          r="52"
          pathLength={1}
          strokeDasharray={`${part} 1`}
          transform="rotate(-90 60 60)"
        />
      </svg>
      <div>
        <p className="talk-left" role="timer">
          {t("now.left", { count: left })}
        </p>
        <p className="help">{t(still ? "now.still" : "now.of", { count: minutes })}</p>
      </div>
    </div>
  );
};
