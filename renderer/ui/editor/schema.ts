import type { Extensions } from "@tiptap/core";
import StarterKit from "@tiptap/starter-kit";
import { isPlainAddress } from "./addresses.ts";

/**
 * What a page's words may be made of, version 1: paragraphs, two headings, lists, quotes, line breaks; bold,
 * italic, links as text. Pasted HTML keeps nothing else. y-tiptap drops nodes that are not named here when a
 * page is edited, so adding one needs a new page version (shared/page/pageDoc.ts).
 *
 * Undo is Yjs's own. No trailing paragraph: opening a page must not change it.
 */
export const writingSchema: Extensions = [
  StarterKit.configure({
    heading: { levels: [2, 3] },
    undoRedo: false,
    trailingNode: false,
    code: false,
    codeBlock: false,
    horizontalRule: false,
    strike: false,
    underline: false,
    link: {
      openOnClick: false,
      autolink: false,
      linkOnPaste: false,
      protocols: [],
      HTMLAttributes: { target: null, rel: null },
      isAllowedUri: (address) => isPlainAddress(address),
    },
  }),
];
