/**
 * Overwrites with zeros. Best effort: the engine and the WebAssembly heap may hold copies that nobody can reach,
 * so this shortens how long a secret lies about and promises nothing more.
 */
export const wipe = (...secrets: readonly Uint8Array[]): void => {
  for (const secret of secrets) secret.fill(0);
};
