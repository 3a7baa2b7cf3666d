/**
 * Some browsers send what is typed to their maker to check its spelling or to suggest words. Until Twofold has a
 * dictionary of its own, nothing checks what is written here. As attributes for the editor and for React's fields.
 */
export const keptFromTheBrowser = {
  editor: { spellcheck: "false", autocorrect: "off", writingsuggestions: "false" },
  field: { spellCheck: false, autoCorrect: "off", writingsuggestions: "false" },
} as const;
