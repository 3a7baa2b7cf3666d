/** Semantic versions without build metadata: of two that differ in nothing else, neither is newer. */
export type Version = {
  readonly numbers: readonly [number, number, number];
  /** Empty for a finished release. */
  readonly before: readonly string[];
};

const pattern =
  /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(?:-((?:0|[1-9]\d{0,8}|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d{0,8}|\d*[A-Za-z-][0-9A-Za-z-]*))*))?$/;

export const readVersion = (text: string): Version | undefined => {
  const [whole, major, minor, patch, before] = text.length > 64 ? [] : (pattern.exec(text) ?? []);
  if (whole === undefined) return undefined;
  return {
    numbers: [Number(major), Number(minor), Number(patch)],
    before: before === undefined ? [] : before.split("."),
  };
};

/** Semver §11: negative where `one` comes before `other`, 0 where they are the same. */
export const compareVersions = (one: Version, other: Version): number => {
  for (const [place, number] of one.numbers.entries()) {
    const difference = number - (other.numbers[place] ?? 0);
    if (difference !== 0) return difference;
  }
  if (one.before.length === 0 || other.before.length === 0)
    return other.before.length - one.before.length;
  for (const [place, part] of one.before.entries()) {
    const against = other.before[place];
    if (against === undefined) return 1;
    const difference = compareParts(part, against);
    if (difference !== 0) return difference;
  }
  return one.before.length - other.before.length;
};

const compareParts = (one: string, other: string): number => {
  if (one === other) return 0;
  const [isNumber, isOtherNumber] = [/^\d+$/.test(one), /^\d+$/.test(other)];
  if (isNumber && isOtherNumber) return Number(one) - Number(other);
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  return one < other ? -1 : 1;
};
