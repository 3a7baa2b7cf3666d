import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";

type WorkBarProps = {
  /** What goes on, with how much of it is done. */
  readonly text: string;
  readonly done: number;
  readonly all: number;
  readonly onStop: () => void;
};

/**
 * Long work in words and as a bar, and the way to end it, which takes the focus of the button that began it. A
 * screen reader hears of it once, not each step.
 */
export const WorkBar = ({ text, done, all, onStop }: WorkBarProps) => {
  const { t } = useTranslation("backup");
  const id = useId();
  return (
    <div className="work-bar">
      <p id={id}>{text}</p>
      <progress
        aria-labelledby={id}
        {...(all > 0 ? { max: all, value: Math.min(done, all) } : {})}
      />
      <Button className="btn" onPress={onStop} autoFocus>
        {t("restore.stop")}
      </Button>
    </div>
  );
};

/** Whole megabytes, as people say them; at least one. */
export const megabytes = (bytes: number): string =>
  String(Math.max(1, Math.round(bytes / (1024 * 1024))));
