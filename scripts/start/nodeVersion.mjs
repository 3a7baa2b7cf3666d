// Kept to what any Node can read: this is the file that tells an old one that it is old.

/**
 * The sentence for a Node that is too old, or undefined for one that will do.
 * @param {string} has like "v20.19.0"
 * @param {string} wants package.json's engines.node, like ">=20.19.0"
 */
export const nodeProblem = (has, wants) => {
  const least = wants.replace(/^>=\s*/, "");
  return compare(numbers(has), numbers(least)) < 0
    ? `Twofold needs Node ${least} or newer; this is ${has}. Get one at https://nodejs.org, then run npm start again.`
    : undefined;
};

/** @param {string} version */
const numbers = (version) => version.replace(/^v/, "").split(".").map(Number);

/**
 * @param {number[]} one
 * @param {number[]} other
 */
const compare = (one, other) => {
  for (let place = 0; place < 3; place++) {
    const difference = (one[place] || 0) - (other[place] || 0);
    if (difference !== 0) return difference;
  }
  return 0;
};
