// What the packages of a release are called, and what that says of them (electron-builder.yml, artifactName).
import { createHash } from "node:crypto";
import { createReadStream, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const platforms = { linux: "linux", mac: "macos", win: "windows" };
/** Each system has its own words for the same two processors. */
const processors = { x64: "x64", amd64: "x64", x86_64: "x64", arm64: "arm64", aarch64: "arm64" };

const pattern =
  /^twofold-(?<version>\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+?)?)-(?<os>linux|mac|win)-(?<arch>x64|amd64|x86_64|arm64|aarch64)\.(?<kind>AppImage|deb|rpm|exe|zip|dmg)$/;

/**
 * Undefined for what is no package: check lists, block maps, folders.
 * @param {string} name
 */
export const readPackageName = (name) => {
  const found = pattern.exec(name)?.groups;
  if (found === undefined) return undefined;
  return {
    version: found["version"] ?? "",
    platform: platforms[/** @type {keyof typeof platforms} */ (found["os"])],
    arch: processors[/** @type {keyof typeof processors} */ (found["arch"])],
    kind: found["kind"] ?? "",
  };
};

/**
 * @param {string} path
 * @returns {Promise<string>} base64
 */
export const hashFile = async (path) => {
  const hash = createHash("sha512");
  for await (const piece of createReadStream(path)) hash.update(piece);
  return hash.digest("base64");
};

/**
 * Every package of this version in a folder, sorted by name; packages of another version stop the work.
 * @param {string} folder
 * @param {string} version
 */
export const listPackages = async (folder, version) => {
  const files = [];
  for (const name of readdirSync(folder).toSorted()) {
    const said = readPackageName(name);
    if (said === undefined) continue;
    if (said.version !== version) throw new Error(`${name} is not of version ${version}`);
    const path = join(folder, name);
    const { platform, arch, kind } = said;
    const { size } = statSync(path);
    files.push({ platform, arch, kind, name, size, sha512: await hashFile(path) });
  }
  if (files.length === 0) throw new Error(`no packages of version ${version} in ${folder}`);
  return files;
};
