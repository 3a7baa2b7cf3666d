// Programs that the start script runs, and how all of them end with it, on every system.
import { spawn, spawnSync } from "node:child_process";

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/**
 * Starts a program in a process group of its own where the system has such, so that its own children end with it.
 * @param {string} program
 * @param {readonly string[]} words
 * @param {import("node:child_process").SpawnOptions} [options]
 */
export const startChild = (program, words, options = {}) => {
  const child = spawn(program, words, { detached: process.platform !== "win32", ...options });
  running.add(child);
  child.once("exit", () => running.delete(child));
  child.once("error", () => running.delete(child));
  return child;
};

/**
 * The exit code, or undefined where the program could not start or was ended by a signal.
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<number | undefined>}
 */
export const ended = (child) =>
  new Promise((resolve) => {
    child.once("exit", (code) => resolve(code ?? undefined));
    child.once("error", () => resolve(undefined));
  });

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {NodeJS.Signals} [signal]
 */
export const endChild = (child, signal = "SIGTERM") => {
  if (child.pid === undefined || child.exitCode !== null) return;
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(child.pid), "/T", "/F"], { stdio: "ignore" });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
};

/** Asks every child to end, and after `patienceMs` makes it: Electron takes up to 2 s to save and lock. */
export const endChildren = async (patienceMs = 3_500) => {
  const children = [...running];
  const all = Promise.all(children.map((child) => ended(child)));
  for (const child of children) endChild(child);
  const late = setTimeout(() => {
    for (const child of children) endChild(child, "SIGKILL");
  }, patienceMs);
  if (children.length > 0) await all;
  clearTimeout(late);
};
