import { useId } from "react";
import { Button } from "react-aria-components";

/** `says` is on the button; where it is not what gets written, it says so. */
export type Opener = { readonly says: string; readonly write: () => void };

type OpenersProps = {
  readonly label: string;
  readonly openers: readonly Opener[];
  /** False until the editor is there. */
  readonly ready: boolean;
};

/** Words to begin with, that somebody may take or leave; taken, they are words like any other. */
export const Openers = ({ label, openers, ready }: OpenersProps) => {
  const name = useId();
  return (
    <div className="openers">
      <p id={name}>{label}</p>
      <ul aria-labelledby={name}>
        {openers.map(({ says, write }) => (
          <li key={says}>
            <Button className="btn starter-words" isDisabled={!ready} onPress={write}>
              <bdi>{says}</bdi>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
};
