import { refuse } from "../shared/base/result.ts";
import type { DeviceSecret } from "../shared/bridge/bridge.ts";

/**
 * The keychain's secret goes to a page once: what runs in it later, beside an unlocked journal, asks in vain. Only a
 * page loaded anew, which holds nothing, is answered again. A refusal does not count: the keychain may answer later.
 * What a person makes anew (`renew`) is theirs to be given.
 */
export const createSecretGate = (
  secret: DeviceSecret,
): { readonly secret: DeviceSecret; readonly pageGone: () => void } => {
  let page = {};
  let answered: object | undefined;
  return {
    secret: {
      ...secret,
      obtain: async () => {
        const asking = page;
        if (answered === asking) return refuse("BAD_REQUEST", "this page has had it");
        answered = asking;
        const obtained = await secret.obtain().catch((problem: unknown) => {
          if (answered === asking) answered = undefined;
          throw problem;
        });
        if (!obtained.ok && answered === asking) answered = undefined;
        // A page that went away meanwhile hears nothing; the next one asks for itself.
        return obtained;
      },
    },
    pageGone: () => {
      page = {};
    },
  };
};
