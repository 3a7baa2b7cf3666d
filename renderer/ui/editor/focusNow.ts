import type { Editor } from "@tiptap/core";
import { Selection, TextSelection } from "@tiptap/pm/state";

/**
 * The editor has the keys when this returns. Its own `focus` waits for the next frame, and what is typed before that
 * goes to the button that was pressed: a letter is lost, and a space presses it again.
 */
export const focusNow = (editor: Editor): void => {
  if (editor.isDestroyed) return;
  editor.view.focus();
  editor.commands.scrollIntoView();
};

/** What the cursor is to hold or where it is to stand: a place in the page, a stretch of it, or its end. */
export type CursorPlace = number | "end" | { readonly from: number; readonly to: number };

/**
 * Danger: where an editor was only given the focus, Chromium holds the cursor as "the start of the editor", but tells
 * it as "in the first paragraph". ProseMirror finds it in its place and leaves it, and what is typed goes before words
 * that have come above since. So it is taken away first, and has to be set.
 */
export const cursorTo = (editor: Editor, place: CursorPlace): void => {
  editor.view.dom.ownerDocument.getSelection()?.removeAllRanges();
  const { tr, doc } = editor.state;
  editor.view.dispatch(tr.setSelection(selectionAt(doc, place)));
  focusNow(editor);
};

const selectionAt = (doc: Editor["state"]["doc"], place: CursorPlace): Selection => {
  if (place === "end") return Selection.atEnd(doc);
  if (typeof place === "number") return Selection.near(doc.resolve(place));
  return TextSelection.create(doc, place.from, place.to);
};
