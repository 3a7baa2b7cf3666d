// Which package a bundled file belongs to, and under what licence it comes. Whatever is unclear stops the build.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** All of them allow that their work is part of a program under AGPL-3.0-or-later. */
const known = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "(MIT AND BSD)",
  "(MIT OR Apache-2.0)",
  "OFL-1.1",
  "Unlicense",
]);

/**
 * The folder of the package that a module is of, and its name; undefined for our own and for what the bundler makes.
 * @param {string} moduleId
 */
export const packageOf = (moduleId) => {
  const path = moduleId
    .replace(/^\0+/, "")
    .replace(/[?#].*$/, "")
    .replaceAll("\\", "/");
  const found = /^(?<folder>.*\/node_modules\/(?<name>@[^/]+\/[^/]+|[^@/][^/]*))\//.exec(
    path,
  )?.groups;
  if (found === undefined || (!path.startsWith("/") && !/^[A-Za-z]:\//.test(path)))
    return undefined;
  return { folder: found["folder"] ?? "", name: found["name"] ?? "" };
};

/**
 * @param {{folder: string, name: string}} place
 * @param {string} spareTexts a folder with the texts of packages that bring none
 */
export const readLicence = ({ folder, name }, spareTexts) => {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const { version, license } = manifest;
  if (typeof license !== "string" || !known.has(license))
    throw new Error(`${name}: the licence "${license}" is not among those that were looked at`);
  const names = readdirSync(folder)
    .filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file))
    .toSorted();
  const spare = join(spareTexts, `${name.replace("/", "+")}.txt`);
  const files = names.length > 0 ? names.map((file) => join(folder, file)) : [spare];
  if (!files.every((file) => existsSync(file)))
    throw new Error(`${name}: it brings no text of its licence, and there is none at ${spare}`);
  const text = files
    .map((file) => readFileSync(file, "utf8").replaceAll("\r\n", "\n").trim())
    .join("\n\n");
  if (text.length < 100) throw new Error(`${name}: the text of its licence is empty`);
  return { name, version: String(version), licence: license, text };
};

/**
 * A file that was bundled by its author holds what its package depends on, and the graph does not show it: all of that
 * is listed too.
 * @param {{folder: string, name: string}} place
 * @returns {{folder: string, name: string}[]}
 */
export const listInside = (place) => {
  /** @type {Map<string, {folder: string, name: string}>} */
  const found = new Map();
  /** @param {{folder: string, name: string}} from */
  const walk = (from) => {
    const { dependencies = {} } = JSON.parse(
      readFileSync(join(from.folder, "package.json"), "utf8"),
    );
    for (const name of Object.keys(dependencies)) {
      const folder = findPackage(from.folder, name);
      if (folder === undefined)
        throw new Error(`${name}, which ${from.name} needs, is not installed`);
      if (found.has(folder)) continue;
      found.set(folder, { folder, name });
      walk({ folder, name });
    }
  };
  walk(place);
  return [...found.values()];
};

/**
 * As Node looks for it: in the node_modules of each folder on the way up.
 * @param {string} from
 * @param {string} name
 * @returns {string | undefined}
 */
const findPackage = (from, name) => {
  const folder = join(from, "node_modules", name).replaceAll("\\", "/");
  if (existsSync(join(folder, "package.json"))) return folder;
  const above = dirname(from);
  return above === from ? undefined : findPackage(above, name);
};
