import type { Editor } from "@tiptap/core";
import { yUndoPluginKey } from "@tiptap/y-tiptap";
import { focusNow } from "./focusNow.ts";

export const writingTools = [
  ["bold", "italic", "link"],
  ["heading2", "heading3"],
  ["bullets", "numbers", "checklist", "quote", "line"],
] as const;
export type Tool = (typeof writingTools)[number][number];

/** Those that say of the place of the cursor whether they are on; a line is put in and that is all. */
const togglable = writingTools.flat().filter((tool) => tool !== "line");

/** The tools that are on where the cursor is. Runs at each key: it asks the cursor's own line and what it stands in. */
export const toolsOn = ({ state }: Editor): readonly Tool[] => {
  const { $from, empty, from, to } = state.selection;
  const around: string[] = [];
  for (let depth = $from.depth; depth > 0; depth--) {
    const { type, attrs } = $from.node(depth);
    around.push(type.name === "heading" ? `heading${String(attrs["level"])}` : type.name);
  }
  // The innermost list is the one that a list tool would change.
  const list = around.find((name) => name in lists);
  const marked = (name: string): boolean => {
    const type = state.schema.marks[name];
    if (type === undefined) return false;
    if (empty) return type.isInSet(state.storedMarks ?? $from.marks()) !== undefined;
    return state.doc.rangeHasMark(from, to, type);
  };
  return togglable.filter((tool) => {
    switch (tool) {
      case "bold":
      case "italic":
      case "link":
        return marked(tool);
      case "heading2":
      case "heading3":
        return around.includes(tool);
      case "quote":
        return around.includes("blockquote");
      default:
        return list !== undefined && lists[list] === tool;
    }
  });
};

const lists: Readonly<Record<string, Tool>> = {
  bulletList: "bullets",
  orderedList: "numbers",
  taskList: "checklist",
};

export type Steps = { readonly undo: boolean; readonly redo: boolean };

/** Whether there is anything to undo and to redo, of what was written here since the page was opened. */
export const stepsOf = ({ state }: Editor): Steps => {
  const { undoManager } = yUndoPluginKey.getState(state) as {
    readonly undoManager: { readonly canUndo: () => boolean; readonly canRedo: () => boolean };
  };
  return { undo: undoManager.canUndo(), redo: undoManager.canRedo() };
};

export const applyTool = (editor: Editor, tool: Exclude<Tool, "link">): void => {
  focusNow(editor);
  const chain = editor.chain();
  switch (tool) {
    case "bold":
      chain.toggleBold().run();
      return;
    case "italic":
      chain.toggleItalic().run();
      return;
    case "heading2":
      chain.toggleHeading({ level: 2 }).run();
      return;
    case "heading3":
      chain.toggleHeading({ level: 3 }).run();
      return;
    case "bullets":
      chain.toggleBulletList().run();
      return;
    case "numbers":
      chain.toggleOrderedList().run();
      return;
    case "checklist":
      chain.toggleTaskList().run();
      return;
    case "quote":
      chain.toggleBlockquote().run();
      return;
    case "line":
      chain.setHorizontalRule().run();
  }
};
