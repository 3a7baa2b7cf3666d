/** What the app's own keys do: `id` names a sentence in palette.json under "keys.app". Those of the editor are its own. */
export const appKeys = [
  {
    group: "anywhere",
    rows: [
      { id: "palette", keys: ["Mod", "K"] },
      { id: "steady", keys: ["Mod", "."] },
      { id: "stepOut", keys: ["Esc", "Esc"] },
      { id: "close", keys: ["Esc"] },
      { id: "keys", keys: ["?"] },
    ],
  },
  {
    group: "lists",
    rows: [
      { id: "find", keys: ["/"] },
      { id: "next", keys: ["ArrowDown"] },
      { id: "previous", keys: ["ArrowUp"] },
      { id: "first", keys: ["Home"] },
      { id: "last", keys: ["End"] },
      { id: "open", keys: ["Enter"] },
    ],
  },
] as const;
