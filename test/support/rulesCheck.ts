import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

export const projectRoot = resolve(import.meta.dirname, "../..");
export const codeFolders = ["shared", "renderer", "electron", "server", "scripts"] as const;

export type Cruise = {
  readonly modules: readonly string[];
  /** "rule: from" of each violation. */
  readonly violations: readonly string[];
};

/** Runs the project's import rules over a folder that looks like the project. */
export const cruise = async (root: string): Promise<Cruise> => {
  const program = join(projectRoot, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");
  const words = [program, "--config", ".dependency-cruiser.cjs", "--output-type", "json"];
  const { stdout } = await promisify(execFile)(process.execPath, [...words, ...codeFolders], {
    cwd: root,
    maxBuffer: 1 << 28,
  }).catch((problem: { stdout?: string; message: string }) => {
    // It ends with a code of its own when it finds something, which is what the tests want.
    if (problem.stdout) return { stdout: problem.stdout };
    throw new Error(problem.message);
  });
  const { modules, summary } = JSON.parse(stdout) as {
    modules: { source: string }[];
    summary: { violations: { rule: { name: string }; from: string }[] };
  };
  return {
    modules: modules.map(({ source }) => source).filter((path) => !path.includes("node_modules")),
    violations: summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`),
  };
};

/** What the compiler says about one folder of a copy; empty when it is content. */
export const findTypeErrors = async (root: string, folder: string): Promise<string> => {
  const tsc = join(projectRoot, "node_modules/@typescript/native/bin/tsc");
  const { stdout } = await promisify(execFile)(process.execPath, [tsc, "-p", folder], {
    cwd: root,
    maxBuffer: 1 << 28,
  }).catch((problem: { stdout?: string; message: string }) => {
    if (problem.stdout) return { stdout: problem.stdout };
    throw new Error(problem.message);
  });
  return stdout.replaceAll("\\", "/");
};

export type Copy = { readonly root: string; readonly remove: () => void };

/** A copy of the project's code into which a test plants files. */
export const copyWith = (planted: Readonly<Record<string, string>>): Copy => {
  const outside = mkdtempSync(join(tmpdir(), "twofold-rules-"));
  const root = join(outside, "project");
  for (const name of [
    ...codeFolders,
    ".dependency-cruiser.cjs",
    "package.json",
    "tsconfig.base.json",
  ])
    cpSync(join(projectRoot, name), join(root, name), { recursive: true });
  symlinkSync(join(projectRoot, "node_modules"), join(root, "node_modules"), "junction");
  for (const [path, code] of Object.entries(planted)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), code);
  }
  return { root, remove: () => rmSync(outside, { recursive: true, force: true }) };
};
