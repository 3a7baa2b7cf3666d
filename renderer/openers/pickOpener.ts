import type { Opener } from "./openersFor.ts";

/**
 * The next one after `shown`, going round. `earlier`: those that were seen before are shown again, because somebody
 * asked for them; without it they never come by themselves.
 */
export const pickOpener = (
  openers: readonly Opener[],
  seen: ReadonlySet<string>,
  shown: Opener | undefined,
  earlier: boolean,
): Opener | undefined => {
  const from = shown === undefined ? 0 : openers.indexOf(shown) + 1;
  return [...openers.slice(from), ...openers.slice(0, from)].find(
    (opener) => earlier || !seen.has(opener),
  );
};
