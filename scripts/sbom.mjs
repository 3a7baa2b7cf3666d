// node scripts/sbom.mjs [FOLDER]: the list of parts of the build in dist/, put beside the packages.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { makeSbom } from "./licences/sbom.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const folder = resolve(process.argv[2] ?? join(root, "release"));

/** @param {string} path */
const readJson = (path) => JSON.parse(readFileSync(join(root, path), "utf8"));

const manifest = readJson("package.json");
const sbom = makeSbom({
  licences: readJson("dist/renderer/licences.json"),
  lockfile: readJson("package-lock.json"),
  manifest,
  epoch: process.env["SOURCE_DATE_EPOCH"],
});
mkdirSync(folder, { recursive: true });
const file = join(folder, `twofold-${manifest.version}.cdx.json`);
writeFileSync(file, `${JSON.stringify(sbom, undefined, 2)}\n`);
console.log(`${file}: ${sbom.components.length} parts`);
