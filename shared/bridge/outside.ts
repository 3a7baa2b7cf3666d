import * as v from "valibot";
import { accept, refuse, type Result } from "../base/result.ts";

/** What becomes of an address in somebody's words. "refused": it is none that is ever opened, or nothing could open it. */
export type OutsideEnd = "opened" | "stayed" | "refused";

export type Outside = {
  /** "shell": `open` asks the person itself, in a window that no page can draw or press. "page": the screen has to ask. */
  readonly asks: "shell" | "page";
  readonly open: (address: string) => Promise<OutsideEnd>;
};

/** Longer ones carry something. */
const longest = 2_048;

/** Only the outer form; each shell reads the address itself before it shows it. */
export const isOutsideForm = (address: string): boolean =>
  address.length <= longest && /^https:\/\/[^\s/\\@]+(?:[/?#]\S*)?$/i.test(address);

const schema = v.strictTuple([v.pipe(v.string(), v.check(isOutsideForm))]);

export const parseOutside = (values: readonly unknown[]): Result<[string], "BAD_REQUEST"> => {
  const parsed = v.safeParse(schema, values);
  return parsed.success ? accept(parsed.output) : refuse("BAD_REQUEST");
};

type Address = {
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly host: string;
  readonly href: string;
};

/**
 * As it is asked for and opened, one and the same: its host in plain letters (`xn--…`), so that none that only looks
 * like another is taken for it. `read` is the platform's own reading of an address; it throws where there is none.
 */
export const readOutside = (
  address: string,
  read: (address: string) => Address,
): { readonly host: string; readonly address: string } | undefined => {
  if (!isOutsideForm(address)) return undefined;
  try {
    const { protocol, username, password, host, href } = read(address);
    const isOurs = protocol === "https:" && username === "" && password === "" && host !== "";
    return isOurs && /^[\x21-\x7e]+$/.test(href) ? { host, address: href } : undefined;
  } catch {
    return undefined;
  }
};
