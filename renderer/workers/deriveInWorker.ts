import type { Derive } from "../../shared/vault/kdf.ts";

type Answer = { readonly ok: true; readonly derived: Uint8Array } | { readonly ok: false };

/** Argon2id in a worker of its own, so that the screen stays alive; rejects where the memory cannot be had. */
export const deriveInWorker: Derive = (job) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./kdf.worker.ts", import.meta.url), { type: "module" });
    const fail = (): void => {
      worker.terminate();
      reject(new Error("the key could not be derived here"));
    };
    worker.addEventListener("error", fail);
    worker.addEventListener("messageerror", fail);
    worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
      if (!data.ok) return fail();
      worker.terminate();
      resolve(data.derived);
    });
    worker.postMessage(job);
  });
