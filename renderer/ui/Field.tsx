import type { ReactNode } from "react";
import { FieldError, Input, Label, Text, TextArea, TextField } from "react-aria-components";
import { keptFromTheBrowser } from "./keptFromTheBrowser.ts";

type FieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly help?: string | undefined;
  readonly wrong?: string | undefined;
  readonly placeholder?: string;
  readonly autoFocus?: boolean;
  readonly autoComplete?: string;
  readonly lines?: number;
  readonly readOnly?: boolean;
  /** For words that are secret or no language: no capital letter comes by itself. */
  readonly plain?: boolean;
  readonly after?: ReactNode;
  readonly type?: "text" | "password" | "url";
};

export const Field = (props: FieldProps) => {
  const { label, value, onChange, help, wrong, lines, after } = props;
  const shared = {
    placeholder: props.placeholder ?? "",
    ...(props.plain === true || (props.type ?? "text") !== "text"
      ? keptFromTheBrowser.plainField
      : keptFromTheBrowser.field),
    autoCapitalize: props.plain === true ? "none" : "sentences",
    dir: "auto" as const,
  };
  return (
    <TextField
      className="field"
      value={value}
      onChange={onChange}
      isInvalid={wrong !== undefined}
      isReadOnly={props.readOnly ?? false}
      autoFocus={props.autoFocus ?? false}
      autoComplete={props.autoComplete ?? "off"}
      type={props.type ?? "text"}
    >
      <Label>{label}</Label>
      <div className="field-line">
        {lines === undefined ? (
          <Input {...shared} className="input" />
        ) : (
          <TextArea {...shared} className="input" rows={lines} />
        )}
        {after}
      </div>
      {help === undefined ? null : (
        <Text slot="description" className="help">
          {help}
        </Text>
      )}
      <FieldError className="wrong">{wrong}</FieldError>
    </TextField>
  );
};
