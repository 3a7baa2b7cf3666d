import { getSchema, type Extensions } from "@tiptap/core";
import { Node } from "@tiptap/pm/model";
import { yXmlFragmentToProsemirrorJSON } from "@tiptap/y-tiptap";
import type { XmlFragment } from "yjs";

/**
 * Whether the editor can show all of a page. It throws away what its schema does not know or does not allow where it
 * stands, and the page with it; so this is asked before the editor sees the page, and it changes nothing.
 */
export const opensWhole = (body: XmlFragment, extensions: Extensions): boolean => {
  if (body.length === 0) return true;
  try {
    Node.fromJSON(getSchema(extensions), yXmlFragmentToProsemirrorJSON(body)).check();
    return true;
  } catch {
    return false;
  }
};
