/** One visitor who has shaken hands, whatever for. */
export type Seat = {
  /** Once a round; ends it when the other end is gone or takes no part. */
  readonly beat: () => void;
  readonly goAway: () => void;
  readonly cut: () => void;
};
