/**
 * notOffered: this shell has no folders. none: none was chosen. asks: one was, and the browser has to ask its
 * person again before it is written to. `name`: the folder's own, without what it lies in.
 */
export type ChosenFolder =
  | { readonly state: "notOffered" }
  | { readonly state: "none" }
  | { readonly state: "asks" | "ready"; readonly name: string };
