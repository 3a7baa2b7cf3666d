import type { Result } from "../base/result.ts";
import { checkCost, type Cost, type CostCode } from "./header.ts";
import { parseVault } from "./parseVault.ts";

/** What can be told of a vault without a secret: that it is a whole one, and what deriving for it costs. */
export const vaultCost = (
  file: Uint8Array,
): Result<Cost, "BAD_MAGIC" | "BAD_SUITE" | "BAD_SLOT" | CostCode> => {
  const parsed = parseVault(file);
  return parsed.ok ? checkCost(parsed.value.header) : parsed;
};
