import type { Random } from "../../base/random.ts";
import type { ObtainedSecret } from "../../bridge/bridge.ts";
import type { Derive } from "../../vault/kdf.ts";
import type { VaultParts } from "../../vault/vaultFile.ts";

/** This computer's secret as it is now: whoever holds `vaultParts` seals under the new one as soon as it is renewed. */
export type HeldSecret = {
  readonly vaultParts: VaultParts;
  readonly now: () => ObtainedSecret;
  readonly set: (obtained: ObtainedSecret) => void;
};

export const holdSecret = (
  first: ObtainedSecret,
  { derive, random }: { readonly derive: Derive; readonly random: Random },
): HeldSecret => {
  let obtained = first;
  return {
    vaultParts: {
      derive,
      random,
      get deviceSecret() {
        return obtained.secret;
      },
      get earlierSecrets() {
        return obtained.earlier ?? [];
      },
    },
    now: () => obtained,
    set: (next) => {
      obtained = next;
    },
  };
};
