import { loadSodium } from "../../shared/crypto/sodium.ts";
import { deriveKey, type DeriveJob } from "../../shared/vault/kdf.ts";

/** One derivation, then it is ended by whoever started it: Argon2id's memory goes back at once. */
addEventListener("message", (event: MessageEvent<DeriveJob>) => {
  void (async () => {
    try {
      await loadSodium();
      postMessage({ ok: true, derived: deriveKey(event.data) });
    } catch {
      postMessage({ ok: false });
    }
  })();
});
