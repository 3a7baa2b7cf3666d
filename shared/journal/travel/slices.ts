/** Envelopes taken in at one go: enough to be quick, few enough that the screen stays alive. */
export const sliceLimits = { count: 128, bytes: 4 * 1024 * 1024 };
