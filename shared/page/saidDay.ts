import type { Card } from "./card.ts";

/**
 * Whether this answer settles that "I'll answer by …": it came after it, from the same hand. A day was named for the
 * asking that stood there; asked again, the question has none until one is named anew. Both times are of one clock.
 */
export const settles = (
  { answer, author, place, withdrawnAt, writtenAt }: Card,
  said: Card,
): boolean =>
  answer !== undefined &&
  answer.question === said.of &&
  author === said.author &&
  place === "shared" &&
  withdrawnAt === undefined &&
  writtenAt >= said.writtenAt;
