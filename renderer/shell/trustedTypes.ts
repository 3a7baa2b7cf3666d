/** What a browser with Trusted Types has on its window; TypeScript's own lists leave it out. */
export type PolicyFactory = {
  readonly createPolicy: (name: string, rules: PolicyRules) => unknown;
};

type PolicyRules = {
  readonly createHTML?: (text: string, ...asked: readonly string[]) => string | undefined;
  readonly createScriptURL?: (address: string, ...asked: readonly string[]) => string | undefined;
};

declare global {
  interface Window {
    readonly trustedTypes?: PolicyFactory;
  }
}

/**
 * The page's policy refuses every string where a browser would make it run (shared/bridge/contentSecurityPolicy.ts).
 * Each such string comes here first, wherever it is used, so that libraries need not know of it. Two kinds pass:
 * the build's own workers, and text that holds no element. Nothing makes a script of a string.
 * Call it before anything else of the page runs; browsers without Trusted Types do without.
 */
export const refuseMarkup = (
  factory: PolicyFactory | undefined,
  origin: string = location.origin,
): void => {
  factory?.createPolicy("default", {
    // Asked for outright, without a place that it is for, it has to throw: ProseMirror then makes a policy of its own.
    createHTML: (text, ...asked) => {
      if (asked.length === 0) throw new TypeError("only for what the browser itself asks about");
      return harmless.test(text) ? text : undefined;
    },
    createScriptURL: (address) => (isOwnWorker(address, origin) ? address : undefined),
  });
};

/** Nothing at all, a page with nothing in it (an editor begins with one), or a named character of Markdown: `&eacute;`. */
const harmless = /^(?:<body><\/body>|&[A-Za-z0-9]{1,40};)?$/;

const isOwnWorker = (address: string, origin: string): boolean =>
  address.startsWith(`${origin}/`) &&
  /^\/assets\/[\w-]+\.worker-[\w-]+\.js$/.test(address.slice(origin.length));
