import { wholeSuite } from "../support/wholeSuite.ts";
import type { Start } from "./useScreens.ts";

type NamedLook = Start & { readonly name: string };

const light: NamedLook = { name: "light" };
/** All that makes a screen hard, at once. */
const hard: NamedLook = { name: "dark, narrow and large", dark: true, width: 360, text: 2 };

const each: readonly NamedLook[] = [
  { name: "dark", dark: true },
  { name: "narrow", width: 360 },
  { name: "large", text: 2 },
  { name: "narrow and large", width: 360, text: 2 },
  hard,
];

/** For a test of a screen that has to be in order however it is looked at. The gate has time for two. */
export const looks: readonly NamedLook[] = wholeSuite ? [light, ...each] : [light, hard];

/** The same, where the other tests of the file look at the light one on their way. */
export const looksBesideLight: readonly NamedLook[] = wholeSuite ? each : [hard];
