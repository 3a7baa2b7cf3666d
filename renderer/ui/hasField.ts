/** Whether somebody has a field already: what comes late to a screen does not take the focus from them. */
export const hasField = (): boolean => {
  const { activeElement } = document;
  return (
    activeElement instanceof HTMLElement &&
    activeElement.matches("input, textarea, [contenteditable]")
  );
};
