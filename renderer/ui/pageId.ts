import type { PageId } from "../../shared/base/ids.ts";

/** What stands in the address line may be anything. */
export const readPageId = (text: string | undefined): PageId | undefined =>
  text !== undefined && /^[0-9a-f]{32}$/.test(text) ? (text as PageId) : undefined;
