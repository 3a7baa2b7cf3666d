// Two starts at once on a fresh clone: one prepares, the other waits for it.
import { rmSync, statSync, utimesSync, writeFileSync } from "node:fs";

const beatMs = 2_000;
const deadAfterMs = 20_000;

/**
 * Runs `run` while no other process of this computer does so with the same file. The holder touches the file as
 * long as it lives: one that was killed, or went away with the power, loses its turn after 20 s.
 * @template Value
 * @param {string} file
 * @param {() => void} onWait called once, when somebody else has the turn
 * @param {() => Promise<Value>} run
 * @returns {Promise<Value>}
 */
export const inTurn = async (file, onWait, run) => {
  for (let waited = false; !claim(file); waited = true) {
    if (!waited) onWait();
    await new Promise((later) => setTimeout(later, 250));
  }
  const release = () => rmSync(file, { force: true });
  const beat = setInterval(() => touch(file), beatMs);
  process.once("exit", release);
  try {
    return await run();
  } finally {
    clearInterval(beat);
    process.off("exit", release);
    release();
  }
};

/** @param {string} file */
const claim = (file) => {
  try {
    writeFileSync(file, "", { flag: "wx" });
    return true;
  } catch {
    const lastBeat = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    if (lastBeat !== undefined && Date.now() - lastBeat > deadAfterMs)
      rmSync(file, { force: true });
    return false;
  }
};

/** @param {string} file */
const touch = (file) => {
  try {
    utimesSync(file, new Date(), new Date());
  } catch {
    // Somebody took it away; preparing twice is slow, not wrong.
  }
};
