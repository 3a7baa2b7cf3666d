import type { Inside } from "./Inside.tsx";

type Come = { readonly default: typeof Inside };

let come: Come | undefined;

/** Everything that only an open journal shows. Asked for again where it did not come. */
export const loadInside = async (): Promise<Come> =>
  (come ??= { default: (await import("./Inside.tsx")).Inside });

/** Without a moment of waiting on the screen where it has come already. */
export const insideNow = (): typeof Inside | undefined => come?.default;
