import type theirSide from "../i18n/en/theirSide.json";

export type SidePage = keyof typeof theirSide.pages;

/** In the order in which they are offered. */
export const sidePages = [
  "minutes",
  "replying",
  "staying",
  "guilt",
  "people",
] as const satisfies readonly SidePage[];

/** A piece of such a page: paragraphs, points, steps in their order, or what one hears and what one could say. */
export type SidePart = {
  readonly title?: string;
  readonly text?: readonly string[];
  readonly list?: readonly string[];
  readonly steps?: readonly string[];
  readonly pairs?: readonly { readonly heard: string; readonly instead: string }[];
};
