import type { Result } from "../../shared/base/result.ts";
import type { DeviceSecret, DeviceSecretCode, ObtainedSecret } from "../../shared/bridge/bridge.ts";

type Obtained = Result<ObtainedSecret, DeviceSecretCode>;

/**
 * The shell gives this computer's secret to a page once (electron/secretGate.ts). It is kept for as long as the page
 * lives, which ends with the locking; each caller gets bytes of their own, to overwrite.
 */
export const askSecretOnce = (secret: DeviceSecret): DeviceSecret => {
  let held: Promise<Obtained> | undefined;
  const keep = (asking: Promise<Obtained>): Promise<Obtained> => {
    const before = held;
    held = asking;
    const forget = (): void => {
      if (held === asking) held = before;
    };
    asking.then(({ ok }) => ok || forget(), forget);
    return asking;
  };
  return {
    obtain: async () => copy(await (held ?? keep(secret.obtain()))),
    renew: async () => copy(await keep(secret.renew())),
    forgetEarlier: async () => {
      const forgotten = await secret.forgetEarlier();
      const now = forgotten.ok ? await held : undefined;
      if (now?.ok === true) {
        const { secret: bytes, kept } = now.value;
        held = Promise.resolve({ ok: true, value: { secret: bytes, kept } });
      }
      return forgotten;
    },
  };
};

const copy = (obtained: Obtained): Obtained =>
  obtained.ok
    ? {
        ...obtained,
        value: {
          ...obtained.value,
          secret: obtained.value.secret.slice(),
          ...(obtained.value.earlier === undefined
            ? {}
            : { earlier: obtained.value.earlier.map((one) => one.slice()) }),
        },
      }
    : obtained;
