/** A person's two computers, and their partner's one. Each two of them have a root of their own. */
export type Computer = "laptop" | "desk" | "partner";

export const rootOf = (one: Computer, other: Computer): Uint8Array =>
  new TextEncoder().encode([one, other].toSorted().join(" and ").padEnd(32, "."));
