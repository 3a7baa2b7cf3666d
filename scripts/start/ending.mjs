// The one way out of npm start: everything it started ends first.
import { endChildren } from "./children.mjs";

/** @type {(() => Promise<void>) | undefined} */
let stopServing;
/** @type {Promise<never> | undefined} */
let ending;

/** @param {() => Promise<void>} stop */
export const endWith = (stop) => {
  stopServing = stop;
};

export const isEnding = () => ending !== undefined;

export const end = (code = 0) => {
  ending ??= Promise.all([endChildren(), stopServing?.()]).then(() => process.exit(code));
  return ending;
};

/** @param {string} sentence why it cannot go on */
export const stopWith = (sentence) => {
  console.error(sentence);
  return end(1);
};

export const endOnSignals = () => {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void end());
};
