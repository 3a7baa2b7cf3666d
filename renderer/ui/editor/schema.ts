import {
  Extension,
  type Extensions,
  type NodeViewRenderer,
  textblockTypeInputRule,
} from "@tiptap/core";
import { OrderedList } from "@tiptap/extension-list";
import StarterKit from "@tiptap/starter-kit";
import { checklist, checklistItem } from "./checklist.ts";
import { linkMark } from "./linkMark.ts";
import { photoNode } from "./photoNode.ts";

/** Words that the editor itself says, in the language of the screen. */
export type SchemaWords = {
  readonly photo: string;
  /** How a photo is shown while it is edited; where it is left out, by its words. */
  readonly photoView?: NodeViewRenderer;
};

/**
 * What a page's words may be made of, version 1: paragraphs, two headings, lists, checklists, quotes, dividing lines,
 * photos, line breaks; bold, italic, links as text. Pasted HTML keeps nothing else. y-tiptap drops nodes that are not
 * named here when a page is edited, so adding one needs a new page version (shared/page/pageDoc.ts) from the first
 * release on; until then version 1 is what stands here. shared/page/pieces.ts names the same.
 *
 * Undo is Yjs's own. No trailing paragraph: opening a page must not change it.
 */
export const writingSchema = ({ photo, photoView }: SchemaWords): Extensions => [
  StarterKit.configure({
    heading: { levels: [2, 3] },
    bulletList: sided,
    blockquote: sided,
    orderedList: false,
    undoRedo: false,
    trailingNode: false,
    code: false,
    codeBlock: false,
    strike: false,
    underline: false,
    link: false,
  }),
  numberedList,
  checklist,
  checklistItem,
  linkMark,
  photoNode.configure({ says: photo, view: photoView }),
  firstHeading,
];

/** Signs of lists and the line beside a quote stand where the language of their words has them. */
const sided = { HTMLAttributes: { dir: "auto" } };

/** Numbers only, and nothing that is typed or pasted as letters becomes one: "I. was there" stays. */
const numberedList = OrderedList.extend({
  addAttributes: () => ({
    start: {
      default: 1,
      parseHTML: (element: HTMLElement) => {
        const start = Number(element.getAttribute("start") ?? 1);
        return Number.isInteger(start) && start >= 0 ? start : 1;
      },
    },
  }),
  addProseMirrorPlugins: () => [],
}).configure(sided);

/** "# " is the larger of the two headings, as "## " is. */
const firstHeading = Extension.create({
  name: "firstHeading",
  addInputRules() {
    const { heading } = this.editor.schema.nodes;
    if (heading === undefined) return [];
    return [textblockTypeInputRule({ find: /^#\s$/, type: heading, getAttributes: { level: 2 } })];
  },
});
