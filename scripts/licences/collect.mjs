// Notes which packages a build takes in, from the bundler's own graph: the list cannot differ from what is shipped.
import { writeFileSync } from "node:fs";
import { listInside, packageOf, readLicence } from "./readLicence.mjs";

/**
 * @param {{spareTexts: string, parts: readonly string[]}} options
 *   `parts`: the builds that go into the packages, by the name of their environment
 */
export const createLicences = ({ spareTexts, parts }) => {
  /** @type {Map<string, {folder: string, name: string}>} */
  const found = new Map();

  /** @param {Iterable<string>} moduleIds */
  const note = (moduleIds) => {
    for (const id of moduleIds) {
      const place = packageOf(id);
      if (place === undefined) continue;
      found.set(place.folder, place);
      if (/\.min\.[cm]?js(?:\?|$)/.test(id))
        for (const inside of listInside(place)) found.set(inside.folder, inside);
    }
  };

  /** @returns {import("vite").Plugin} */
  const plugin = () => ({
    name: "twofold-licences",
    applyToEnvironment: ({ name }) => parts.includes(name),
    generateBundle(_options, bundle) {
      for (const part of Object.values(bundle)) if (part.type === "chunk") note(part.moduleIds);
      // Styles and fonts leave the graph before the chunks are written.
      note(
        [...this.getModuleIds()].filter((id) => /\.(?:css|woff2?|dic|aff|wasm)(?:\?|$)/.test(id)),
      );
    },
  });

  const list = () =>
    [...found.values()]
      .map((place) => readLicence(place, spareTexts))
      // One version in two folders is one package.
      .filter(
        ({ name, version }, at, all) =>
          all.findIndex((other) => other.name === name && other.version === version) === at,
      )
      .toSorted((one, other) =>
        one.name === other.name
          ? compare(one.version, other.version)
          : compare(one.name, other.name),
      );

  return {
    plugin,
    list,
    /** @param {string} file */
    write: (file) => {
      const all = list();
      if (all.length === 0)
        throw new Error("no package was noted: the list of licences would be empty");
      writeFileSync(file, `${JSON.stringify(all)}\n`);
    },
  };
};

/**
 * The same order on every computer, whatever its language.
 * @param {string} one
 * @param {string} other
 */
const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
