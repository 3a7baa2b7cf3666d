/** Where what lies in a slot; apart from its cryptography, which a first look at a vault does without. */

export const passphraseSlot = 1;
export const recoverySlot = 2;
export type SlotType = typeof passphraseSlot | typeof recoverySlot;

export const commitEnd = 1 + 32;
export const nonceEnd = commitEnd + 24;
/** `slotType u8 ‖ commit32 ‖ nonce24 ‖ AEAD(MK)`. */
export const slotLength = nonceEnd + 32 + 16;
