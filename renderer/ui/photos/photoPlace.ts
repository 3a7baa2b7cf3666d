import { Selection } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import {
  absolutePositionToRelativePosition,
  relativePositionToAbsolutePosition,
  ySyncPluginKey,
} from "@tiptap/y-tiptap";
import type { XmlFragment } from "yjs";
import { type PhotoRef, photoAttributes } from "../../../shared/page/photo.ts";

/** A place among the words that stays the same place while somebody goes on writing. */
export type PhotoPlace = {
  /** Below the block that it is in, or in the stead of an empty line. The next photo stands below this one. */
  readonly put: (photo: PhotoRef) => void;
};

export const placeAt = (view: EditorView, position: number): PhotoPlace => {
  let held = hold(view, position);
  return {
    put: (photo) => {
      held = hold(view, insert(view, find(view, held), photo));
    },
  };
};

type Sync = {
  readonly type: XmlFragment;
  readonly binding: { readonly mapping: Parameters<typeof absolutePositionToRelativePosition>[2] };
};

const syncOf = (view: EditorView): Sync => ySyncPluginKey.getState(view.state) as Sync;

const hold = (view: EditorView, position: number): unknown => {
  const { type, binding } = syncOf(view);
  return absolutePositionToRelativePosition(position, type, binding.mapping);
};

/** Where its words are gone, the end of the page. */
const find = (view: EditorView, held: unknown): number => {
  const { type, binding } = syncOf(view);
  const end = view.state.doc.content.size;
  const { doc } = type;
  const found = doc && relativePositionToAbsolutePosition(doc, type, held, binding.mapping);
  return Math.min(found ?? end, end);
};

/** @returns the place behind it */
const insert = (view: EditorView, position: number, photo: PhotoRef): number => {
  const { schema, doc, tr, selection } = view.state;
  const made = schema.nodes["photo"]?.create(photoAttributes(photo));
  if (made === undefined) return position;
  const $at = doc.resolve(position);
  const block = $at.depth > 0 ? $at.node(1) : undefined;
  const empty = block?.type.name === "paragraph" && block.childCount === 0;
  const start = block === undefined ? position : empty ? $at.before(1) : $at.after(1);
  const writesThere = empty && selection.from > start && selection.to < $at.after(1);
  if (empty) tr.replaceWith(start, $at.after(1), made);
  else tr.insert(start, made);
  const behind = start + made.nodeSize;
  // There is always a line to go on writing in.
  if (tr.doc.content.size === behind) {
    const line = schema.nodes["paragraph"]?.create();
    if (line !== undefined) tr.insert(behind, line);
  }
  if (writesThere) tr.setSelection(Selection.near(tr.doc.resolve(behind), 1));
  view.dispatch(tr);
  return behind;
};
