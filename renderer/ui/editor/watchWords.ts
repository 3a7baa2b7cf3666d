import * as Y from "yjs";
import type { PageBody } from "../../../shared/page/card.ts";

/** Calls `changed` after the words changed, whoever changed them. */
export const watchWords = (body: PageBody, changed: () => void): (() => void) => {
  if (!(body instanceof Y.XmlFragment)) return () => {};
  body.observeDeep(changed);
  return () => body.unobserveDeep(changed);
};
