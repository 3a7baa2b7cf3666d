import type { RefObject } from "react";
import { Button, Input, type InputProps, Label, TextField } from "react-aria-components";
import { keptFromTheBrowser } from "./keptFromTheBrowser.ts";
import { useSlashKey } from "./useSlashKey.ts";

type FindFieldProps = Pick<InputProps, "onFocus" | "onKeyDown"> & {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly label: string;
  readonly clearLabel: string;
  readonly value: string;
  readonly onChange: (words: string) => void;
  /** Undefined where nothing is looked for. */
  readonly onClear: (() => void) | undefined;
};

/** Where somebody types what they look for; `/` goes there. */
export const FindField = (props: FindFieldProps) => {
  const { field, label, clearLabel, value, onChange, onClear, ...keys } = props;
  useSlashKey(field);
  return (
    <TextField className="field" value={value} onChange={onChange}>
      <Label>
        {label}
        <kbd aria-hidden="true">/</kbd>
      </Label>
      <div className="field-line">
        <Input
          ref={field}
          className="input"
          dir="auto"
          inputMode="search"
          autoComplete="off"
          aria-keyshortcuts="/"
          {...keys}
          {...keptFromTheBrowser.plainField}
        />
        {onClear === undefined ? null : (
          <Button
            className="btn"
            onPress={() => {
              onClear();
              field.current?.focus();
            }}
          >
            {clearLabel}
          </Button>
        )}
      </div>
    </TextField>
  );
};
