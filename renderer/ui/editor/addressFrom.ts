import { isPlainAddress } from "../../../shared/page/addresses.ts";

/**
 * The address that somebody means: "example.org/walks" is one of the web, "sam@example.org" one of mail. Undefined
 * where it is neither, or of a kind that is not kept.
 */
export const addressFrom = (typed: string): string | undefined => {
  const address = typed.trim();
  if (isPlainAddress(address)) return address;
  if (/^[^\s/:@]+@[^\s/:@]+\.[^\s/:@]+$/.test(address)) return `mailto:${address}`;
  if (/^[^\s/:@?#]+\.[^\s/:@?#]{2,}(?::\d+)?(?:[/?#]\S*)?$/.test(address))
    return `https://${address}`;
  return undefined;
};
