import type { How, MeetsAs, OwnHow } from "./usePairing.ts";

/** Both computers are to be of one person. */
export const isOwn = (how: How | MeetsAs): how is OwnHow => how === "adds" || how === "joins";

/** For the texts: between two computers of one person no sentence speaks of a partner's. Others fall back by themselves. */
export const ownTexts = (how: How | MeetsAs): { readonly context?: "own" } =>
  isOwn(how) ? { context: "own" } : {};
