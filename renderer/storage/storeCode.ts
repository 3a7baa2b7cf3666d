import type { StoreCode } from "../../shared/ledger/stores.ts";

/**
 * Sorts what IndexedDB reports. Takes the DOMException itself or what lib0 makes of it
 * (an Error whose message starts with the exception's name).
 */
export const storeCodeOf = (error: unknown): StoreCode => {
  const { name, message } = namesOf(error);
  if (name === "QuotaExceededError" || message.startsWith("QuotaExceededError")) return "DISK_FULL";
  if (name === "InvalidStateError" || message.startsWith("InvalidStateError"))
    return "STORE_CLOSED";
  return "STORE_FAILED";
};

const namesOf = (error: unknown): { readonly name: string; readonly message: string } => {
  // A DOMException is an Error in browsers; asking for the fields covers every engine.
  if (typeof error !== "object" || error === null) return { name: "", message: "" };
  const name = "name" in error ? String(error.name) : "";
  const message = "message" in error ? String(error.message) : "";
  return { name, message };
};
