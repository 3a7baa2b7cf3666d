import { useId, useRef, useState } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { longestLine } from "../../shared/page/said.ts";
import { Field } from "./Field.tsx";
import { TaskButton } from "./TaskButton.tsx";

type SayLineProps = {
  readonly label: string;
  readonly help?: string;
  /** First words to go on from. */
  readonly openers: readonly string[];
  readonly button: string;
  readonly busy: boolean;
  /** `said` empties the field: what was refused stays to be tried again. */
  readonly onSay: (line: string, said: () => void) => void;
};

/** One line, said with one press. Nothing of it is kept before that. */
export const SayLine = ({ label, help, openers, button, busy, onSay }: SayLineProps) => {
  const { t } = useTranslation();
  const [line, setLine] = useState("");
  const place = useRef<HTMLDivElement>(null);
  const about = useId();
  const begin = (opener: string): void => {
    setLine(opener);
    place.current?.querySelector("input")?.focus();
  };
  const say = (): void => {
    if (line.trim() !== "") onSay(line, () => setLine(""));
  };
  return (
    <form
      className="say-line"
      onSubmit={(event) => {
        event.preventDefault();
        say();
      }}
    >
      <div ref={place}>
        <Field
          label={label}
          help={help}
          value={line}
          onChange={(typed) => setLine(typed.slice(0, longestLine))}
        />
      </div>
      <div className="say-openers" role="group" aria-labelledby={about}>
        <span id={about} className="help">
          {t("begin")}
        </span>
        {openers.map((opener) => (
          <Button key={opener} className="btn" onPress={() => begin(`${opener} `)}>
            {opener}
          </Button>
        ))}
      </div>
      <div className="row">
        <TaskButton
          className="btn primary"
          type="submit"
          busy={busy}
          isDisabled={line.trim() === ""}
        >
          {button}
        </TaskButton>
      </div>
    </form>
  );
};
