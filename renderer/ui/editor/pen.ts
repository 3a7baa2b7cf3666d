import type { Editor } from "@tiptap/core";
import { cursorTo, focusNow } from "./focusNow.ts";

/** Ways to put words into a page from beside it; handed out when the editor has come. */
export type Pen = {
  /** Writing goes on where it was. */
  readonly focus: () => void;
  /** A paragraph before everything else. */
  readonly atStart: (text: string) => void;
  /** A heading with room below it. Level 3 where nothing is said. */
  readonly headAtEnd: (heading: string, level?: 2 | 3) => void;
  /** A quote before everything else, and the cursor in a line of its own below it. */
  readonly quoteAtStart: (text: string) => void;
  /** A first few words where the cursor is, to be gone on with. */
  readonly beginAtCursor: (text: string) => void;
};

export const penOf = (editor: Editor): Pen => ({
  focus: () => focusNow(editor),
  atStart: (text) => writeAtStart(editor, text),
  headAtEnd: (heading, level) => writeHeadingAtEnd(editor, heading, level),
  quoteAtStart: (text) => quoteAtStart(editor, text),
  beginAtCursor: (text) => beginAtCursor(editor, text),
});

const writeAtStart = (editor: Editor, text: string): void => {
  const paragraph = { type: "paragraph", content: [{ type: "text", text }] };
  if (editor.isEmpty) editor.commands.setContent([paragraph, { type: "paragraph" }]);
  else editor.commands.insertContentAt(0, paragraph);
  cursorTo(editor, "end");
};

/** Above the line that stands there; where something is written already, above a new one. */
const quoteAtStart = (editor: Editor, text: string): void => {
  const words = { type: "paragraph", content: [{ type: "text", text }] };
  const quote = { type: "blockquote", content: [words] };
  const added = editor.isEmpty ? [quote] : [quote, { type: "paragraph" }];
  const { schema, tr } = editor.state;
  const nodes = added.map((node) => schema.nodeFromJSON(node));
  editor.view.dispatch(tr.insert(0, nodes));
  cursorTo(editor, (nodes[0]?.nodeSize ?? 0) + 1);
};

/** Where the last line is empty, the heading takes its place. */
const writeHeadingAtEnd = (editor: Editor, text: string, level: 2 | 3 = 3): void => {
  const heading = { type: "heading", attrs: { level }, content: [{ type: "text", text }] };
  const added = [heading, { type: "paragraph" }];
  const { doc } = editor.state;
  const last = doc.lastChild;
  if (editor.isEmpty) editor.commands.setContent(added);
  else if (last?.type.name === "paragraph" && last.childCount === 0)
    editor.commands.insertContentAt(
      { from: doc.content.size - last.nodeSize, to: doc.content.size },
      added,
    );
  else editor.commands.insertContentAt(doc.content.size, added);
  cursorTo(editor, "end");
};

/**
 * In the line of the cursor where that is empty, otherwise in a new one below it. The first "…" is selected, for
 * the writer's own words to take its place.
 */
const beginAtCursor = (editor: Editor, text: string): void => {
  const { doc, selection } = editor.state;
  const { $from } = selection;
  const words = { type: "text", text };
  const here = $from.parent.isTextblock && $from.parent.childCount === 0;
  const below = $from.depth === 0 ? doc.content.size : $from.after(1);
  const start = here ? $from.pos : below + 1;
  const dots = text.indexOf("…");
  const gap = dots === -1 ? start + text.length : { from: start + dots, to: start + dots + 1 };
  if (here) editor.commands.insertContent(words);
  else editor.commands.insertContentAt(below, { type: "paragraph", content: [words] });
  cursorTo(editor, gap);
};
