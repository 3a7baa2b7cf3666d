/** The window's title says nothing of what is in it. */
export const ownTitle = "Twofold";
/** After stepping out. */
export const neutralTitle = "Notes";
