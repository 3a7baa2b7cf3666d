import { type EditorState, NodeSelection, type Transaction } from "@tiptap/pm/state";

type Dispatch = ((moved: Transaction) => void) | undefined;

/** The photo that is chosen, and where it stands. */
export const chosenPhoto = ({ selection }: EditorState): NodeSelection | undefined =>
  selection instanceof NodeSelection && selection.node.type.name === "photo"
    ? selection
    : undefined;

/**
 * One block further up or down; at the edge of a list or a quote it comes out of it. It stays chosen.
 * @returns whether a photo is chosen, also where it has nowhere to go
 */
export const movePhoto = (state: EditorState, way: "up" | "down", dispatch: Dispatch): boolean => {
  const chosen = chosenPhoto(state);
  if (chosen === undefined) return false;
  const to = placeBeside(chosen, way);
  if (to === undefined || dispatch === undefined) return true;
  const moved = state.tr.deleteRange(chosen.from, chosen.to);
  const at = moved.mapping.map(to, way === "up" ? -1 : 1);
  moved.insert(at, chosen.node);
  dispatch(moved.setSelection(NodeSelection.create(moved.doc, at)).scrollIntoView());
  return true;
};

const placeBeside = (
  { $from, from, to }: NodeSelection,
  way: "up" | "down",
): number | undefined => {
  const index = $from.index();
  const { parent, depth } = $from;
  // An item of a list begins with words.
  const first = parent.type.name === "listItem" || parent.type.name === "taskItem" ? 1 : 0;
  if (way === "up" && index > first) return from - parent.child(index - 1).nodeSize;
  if (way === "down" && index + 1 < parent.childCount) return to + parent.child(index + 1).nodeSize;
  if (depth === 0) return undefined;
  return way === "up" ? $from.before(1) : $from.after(1);
};
