/**
 * The cards, in the order in which they are laid; nothing is added and nothing taken away, or an older Twofold would
 * read one card for another. What each says stands in the tables of words.
 */
export const paceCards = [
  "talk",
  "beside",
  "hands",
  "hug",
  "lean",
  "cheek",
  "kiss",
  "dance",
  "massage",
  "sameBed",
  "hold",
  "closer",
] as const;
export type PaceCard = (typeof paceCards)[number];
