/** Every table of this folder in one piece: no screen waits for its words later, and the first asks for one file. */
export const tables = import.meta.glob<Record<string, unknown>>("./*.json", {
  eager: true,
  import: "default",
});
