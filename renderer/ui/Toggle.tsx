import { Switch } from "react-aria-components";

type ToggleProps = {
  readonly label: string;
  readonly help?: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
};

export const Toggle = ({ label, help, on, onChange }: ToggleProps) => (
  <Switch className="toggle" isSelected={on} onChange={onChange}>
    <span className="track" aria-hidden="true">
      <span className="knob" />
    </span>
    <span>
      {label}
      {help === undefined ? null : <span className="help">{help}</span>}
    </span>
  </Switch>
);
