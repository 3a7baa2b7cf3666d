/**
 * Some browsers send what is typed to their maker to check its spelling or to suggest words. The page says that it
 * wants none of that (index.html), until a shell offers to ask our own dictionaries (renderer/spelling): fields for
 * words go by what the page says, and say nothing of their own. As attributes for the editor and for React's fields.
 */
export const keptFromTheBrowser = {
  editor: { autocorrect: "off", writingsuggestions: "false" },
  field: { autoCorrect: "off", writingsuggestions: "false" },
  /** Secrets, names and addresses are no words of any language: nothing looks at them. */
  plainField: { spellCheck: false, autoCorrect: "off", writingsuggestions: "false" },
} as const;
