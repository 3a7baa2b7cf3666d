import { Button } from "react-aria-components";

type EmptyPlaceProps = {
  readonly title: string;
  readonly text: string;
  readonly first: string;
  readonly onFirst: () => void;
};

/** An empty screen says what the place is for and offers one small first step. */
export const EmptyPlace = ({ title, text, first, onFirst }: EmptyPlaceProps) => (
  <div className="empty">
    <h2>{title}</h2>
    <p>{text}</p>
    <Button className="btn primary" onPress={onFirst}>
      {first}
    </Button>
  </div>
);
