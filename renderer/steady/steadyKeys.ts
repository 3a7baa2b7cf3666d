/** From any screen, also where one is typing, and while it is locked. */
export const steadyKeys = ["Mod", "."] as const;
