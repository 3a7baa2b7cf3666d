export type WordInPlace = {
  readonly word: string;
  /** Puts others in its place, as if they were typed: undoing works. */
  readonly replace: (by: string) => void;
};

const letters = /[\p{L}\p{M}\p{N}'\u2019\u02BC-]/u;

/** Where the word around `at` begins and ends; nothing where there is none. */
export const boundsOf = (
  text: string,
  at: number,
): { readonly from: number; readonly to: number } | undefined => {
  let from = Math.min(at, text.length);
  let to = from;
  while (from > 0 && letters.test(text[from - 1] ?? "")) from -= 1;
  while (to < text.length && letters.test(text[to] ?? "")) to += 1;
  return from === to ? undefined : { from, to };
};

/** The word that a menu was asked for over: where the pointer is, or where the cursor is when keys asked. */
export const wordAt = (event: MouseEvent): WordInPlace | undefined => {
  const { target } = event;
  if (target instanceof HTMLTextAreaElement || isTextInput(target)) return inField(target);
  if (target instanceof Element && target.closest("[contenteditable=true]") !== null)
    return inEditor();
  return undefined;
};

const isTextInput = (target: EventTarget | null): target is HTMLInputElement =>
  target instanceof HTMLInputElement && target.type === "text";

// The browser has set the cursor into the word that was pressed on before it asks for a menu.
const inField = (field: HTMLInputElement | HTMLTextAreaElement): WordInPlace | undefined => {
  const bounds = boundsOf(field.value, field.selectionStart ?? 0);
  if (!field.spellcheck || field.readOnly || bounds === undefined) return undefined;
  const { from, to } = bounds;
  const word = field.value.slice(from, to);
  return {
    word,
    replace: (by) => {
      field.focus();
      if (field.value.slice(from, to) !== word) return;
      field.setSelectionRange(from, to);
      typeIn(by);
    },
  };
};

const inEditor = (): WordInPlace | undefined => {
  const selection = getSelection();
  const node = selection?.anchorNode;
  if (!(node instanceof Text) || selection === null) return undefined;
  const bounds = boundsOf(node.data, selection.anchorOffset);
  if (bounds === undefined) return undefined;
  const { from, to } = bounds;
  const word = node.data.slice(from, to);
  const editor = node.parentElement?.closest<HTMLElement>("[contenteditable=true]");
  if (editor?.spellcheck !== true) return undefined;
  return {
    word,
    replace: (by) => {
      editor.focus();
      // Something else may have been typed there, also by the other window of this page's owner.
      if (!node.isConnected || node.data.slice(from, to) !== word) return;
      getSelection()?.setBaseAndExtent(node, from, node, to);
      typeIn(by);
    },
  };
};

/** The one way that a field's own undoing, and the editor, take for typing. */
const typeIn = (text: string): void => {
  document.execCommand("insertText", false, text);
};
