/** Randomness comes from outside, so that tests can replay it. */
export type Random = (length: number) => Uint8Array;

export const systemRandom: Random = (length) => {
  const bytes = new Uint8Array(length);
  for (let offset = 0; offset < length; offset += 65_536) {
    crypto.getRandomValues(bytes.subarray(offset, Math.min(length, offset + 65_536)));
  }
  return bytes;
};
