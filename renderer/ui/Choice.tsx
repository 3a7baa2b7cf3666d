import { Label, Radio, RadioGroup, Text } from "react-aria-components";

type ChoiceOption<Value extends string> = {
  readonly value: Value;
  readonly label: string;
  readonly help?: string;
};

type ChoiceProps<Value extends string> = {
  readonly label: string;
  readonly help?: string;
  readonly options: readonly ChoiceOption<Value>[];
  readonly value: Value | undefined;
  readonly onChange: (value: Value) => void;
  /** Beside each other where there is room. */
  readonly across?: boolean;
};

export const Choice = <Value extends string>(props: ChoiceProps<Value>) => (
  <RadioGroup
    className={props.across === true ? "choice across" : "choice"}
    value={props.value ?? null}
    onChange={(value) => props.onChange(value as Value)}
  >
    <Label>{props.label}</Label>
    {props.help === undefined ? null : (
      <Text slot="description" className="help">
        {props.help}
      </Text>
    )}
    <div className="options">
      {props.options.map(({ value, label, help }) => (
        <Radio key={value} value={value} className="option">
          <span className="mark" aria-hidden="true" />
          <span>
            {label}
            {help === undefined ? null : <span className="help"> {help}</span>}
          </span>
        </Radio>
      ))}
    </div>
  </RadioGroup>
);
