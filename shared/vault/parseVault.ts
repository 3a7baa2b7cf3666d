import { accept, refuse, type Result } from "../base/result.ts";
import { decodeHeader, headerLength, type VaultHeader } from "./header.ts";
import { passphraseSlot, recoverySlot, slotLength, type SlotType } from "./slotLayout.ts";

export type ParsedVault = {
  readonly header: VaultHeader;
  readonly headerBytes: Uint8Array;
  readonly slots: ReadonlyMap<SlotType, Uint8Array>;
};

/** BAD_SLOT: none or too many, an unknown kind, one kind twice, or bytes missing or left over. */
export const parseVault = (
  file: Uint8Array,
): Result<ParsedVault, "BAD_MAGIC" | "BAD_SUITE" | "BAD_SLOT"> => {
  const header = decodeHeader(file);
  if (!header.ok) return header;
  const count = file[headerLength] ?? 0;
  if (count === 0 || file.length !== headerLength + 1 + count * slotLength)
    return refuse("BAD_SLOT");
  const slots = new Map<SlotType, Uint8Array>();
  for (let start = headerLength + 1; start < file.length; start += slotLength) {
    const type = file[start];
    if (type !== passphraseSlot && type !== recoverySlot) return refuse("BAD_SLOT");
    if (slots.has(type)) return refuse("BAD_SLOT");
    slots.set(type, file.slice(start, start + slotLength));
  }
  return accept({ header: header.value, headerBytes: file.slice(0, headerLength), slots });
};
