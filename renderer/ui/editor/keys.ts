/**
 * What the editor's keys do, for the sheet that lists them: `id` names a sentence in journal.json under "editor.keys".
 * `keys` are pressed together, "Mod" being Ctrl or ⌘; `typed` is typed at the beginning of a line, or around words.
 */
export const editorKeys = [
  { id: "bold", keys: ["Mod", "B"] },
  { id: "italic", keys: ["Mod", "I"] },
  { id: "link", keys: ["Mod", "Shift", "K"] },
  { id: "heading2", keys: ["Mod", "Alt", "2"] },
  { id: "heading3", keys: ["Mod", "Alt", "3"] },
  { id: "bullets", keys: ["Mod", "Shift", "8"] },
  { id: "numbers", keys: ["Mod", "Shift", "7"] },
  { id: "checklist", keys: ["Mod", "Shift", "9"] },
  { id: "tick", keys: ["Mod", "Enter"] },
  { id: "quote", keys: ["Mod", "Shift", "B"] },
  { id: "undo", keys: ["Mod", "Z"] },
  { id: "redo", keys: ["Mod", "Shift", "Z"] },
  { id: "photoUp", keys: ["Mod", "ArrowUp"] },
  { id: "photoDown", keys: ["Mod", "ArrowDown"] },
  { id: "photoLarger", keys: ["Enter"] },
  { id: "alone", keys: ["Mod", "Shift", "F"] },
] as const;

export const editorTyped = [
  { id: "heading2", typed: "##" },
  { id: "heading3", typed: "###" },
  { id: "bullets", typed: "-" },
  { id: "numbers", typed: "1." },
  { id: "checklist", typed: "[ ]" },
  { id: "ticked", typed: "[x]" },
  { id: "quote", typed: ">" },
  { id: "line", typed: "---" },
  { id: "bold", typed: "**…**" },
  { id: "italic", typed: "*…*" },
  { id: "link", typed: "[…](https://…)" },
] as const;
