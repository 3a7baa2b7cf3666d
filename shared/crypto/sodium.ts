import library, { ready } from "libsodium-wrappers-sumo";

type Sodium = typeof library;

let loaded = false;

/** Compiles the WebAssembly once; await it before anything else of shared/crypto is called. */
export const loadSodium = async (): Promise<void> => {
  await ready;
  loaded = true;
};

/** The library itself. Throws before `loadSodium()` has finished: that is a bug in the start-up order. */
export const sodium = (): Sodium => {
  if (!loaded) throw new Error("libsodium is not loaded yet: await loadSodium() first");
  return library;
};
