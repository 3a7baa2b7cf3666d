// Looks into a packaged app as it lies unpacked, and says what is wrong with it. Reads alone; nothing is started.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** What Electron's binary has before its fuses: then version, number, and one letter each. */
const fuseSentinel = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";

/** In the order of the wire; what electron-builder.yml asks for. The last is left as Electron ships it. */
const wantedFuses = {
  runAsNode: "0",
  cookieEncryption: "1",
  nodeOptions: "0",
  nodeCliInspect: "0",
  embeddedAsarIntegrity: "1",
  onlyLoadAppFromAsar: "1",
  browserProcessV8Snapshot: "0",
  fileProtocolExtraPrivileges: "0",
  wasmTrapHandlers: "1",
};

/** @param {Buffer} binary */
export const readFuses = (binary) => {
  const start = binary.indexOf(fuseSentinel);
  if (start < 0) throw new Error("there are no fuses in this binary");
  if (binary.indexOf(fuseSentinel, start + 1) >= 0) throw new Error("there are two rows of fuses");
  const wire = start + fuseSentinel.length;
  if (binary[wire] !== 1) throw new Error(`fuses of version ${binary[wire]} are not known`);
  return binary.subarray(wire + 2, wire + 2 + (binary[wire + 1] ?? 0)).toString("latin1");
};

/** @param {string} fuses */
export const findWrongFuses = (fuses) => {
  const names = Object.keys(wantedFuses);
  if (fuses.length !== names.length)
    return [`this Electron has ${fuses.length} fuses, and ${names.length} were looked at`];
  return Object.entries(wantedFuses)
    .filter(([, wanted], place) => fuses[place] !== wanted)
    .map(([name, wanted]) => `the fuse ${name} is not ${wanted}`);
};

/**
 * @typedef {{files?: Record<string, AsarEntry>, offset?: string, size?: number, unpacked?: boolean, link?: string, integrity?: object}} AsarEntry
 */

/** @param {string} path */
const readArchive = (path) => {
  const bytes = readFileSync(path);
  const text = bytes.subarray(16, 16 + bytes.readUInt32LE(12));
  /** @type {AsarEntry} */
  const header = JSON.parse(text.toString());
  const start = 8 + bytes.readUInt32LE(4);
  /** @type {{name: string, entry: AsarEntry, content: Buffer}[]} */
  const files = [];
  /**
   * @param {AsarEntry} entry
   * @param {string} name
   */
  const walk = (entry, name) => {
    if (entry.files !== undefined) {
      for (const [inner, one] of Object.entries(entry.files)) walk(one, `${name}/${inner}`);
      return;
    }
    const from = start + Number(entry.offset ?? 0);
    files.push({ name, entry, content: bytes.subarray(from, from + (entry.size ?? 0)) });
  };
  walk(header, "");
  return { files, headerHash: createHash("sha256").update(text).digest("hex") };
};

/** Everything that may be in the archive: the two programs, and the pages with what they load. */
const allowed =
  /^\/(?:package\.json|dist\/electron\/(?:main\.js|preload\.cjs)|dist\/renderer\/(?:index\.html|before\.js|licences\.json)|dist\/renderer\/assets\/[A-Za-z0-9_.-]+\.(?:js|css|woff2|svg|png|wasm|json|aff|dic|txt))$/;

/**
 * @param {string} path of app.asar
 * @param {readonly string[]} folders what this computer calls the places that no other has
 */
export const findWrongInArchive = (path, folders) => {
  const { files, headerHash } = readArchive(path);
  const wrong = [];
  for (const { name, entry, content } of files) {
    if (!allowed.test(name)) wrong.push(`${name} is in the archive`);
    if (entry.unpacked === true || entry.link !== undefined)
      wrong.push(`${name} lies outside of it`);
    if (entry.integrity === undefined) wrong.push(`${name} has no hash`);
    if (content.includes("sourceMappingURL=")) wrong.push(`${name} names a source map`);
    for (const folder of folders)
      if (content.includes(folder)) wrong.push(`${name} names a folder of the building computer`);
  }
  for (const needed of ["main.js", "preload.cjs", "index.html", "licences.json"])
    if (!files.some(({ name }) => name.endsWith(`/${needed}`))) wrong.push(`${needed} is missing`);
  return { wrong, headerHash, names: files.map(({ name }) => name).toSorted() };
};

/**
 * @param {string} folder an unpacked app: linux-unpacked, win-unpacked, or the folder that holds Twofold.app
 * @param {readonly string[]} machineFolders
 */
export const inspectPackage = (folder, machineFolders) => {
  const place = findParts(folder);
  const { wrong, headerHash } = findWrongInArchive(
    join(place.resources, "app.asar"),
    machineFolders,
  );
  wrong.push(...findWrongFuses(readFuses(readFileSync(place.binary))));
  // Linux has no place in the program that holds the archive's hash; the archive lies in a folder of the system's.
  if (place.holdsHash !== undefined && !readFileSync(place.holdsHash).includes(headerHash))
    wrong.push(`${basename(place.holdsHash)} does not hold the archive's hash`);
  for (const name of readdirSync(place.resources))
    if (/^(?:app|default_app)(?:\.asar\.unpacked)?$|^default_app\.asar$/.test(name))
      wrong.push(`${name} lies beside the archive`);
  for (const [where, name] of place.licences)
    if (!existsSync(join(where, name))) wrong.push(`${name} is missing`);
  return wrong;
};

/** @param {string} folder */
const findParts = (folder) => {
  const contents = join(folder, "Twofold.app", "Contents");
  if (existsSync(contents)) {
    const resources = join(contents, "Resources");
    return {
      resources,
      binary: join(contents, "Frameworks/Electron Framework.framework/Electron Framework"),
      holdsHash: join(contents, "Info.plist"),
      licences: licencesIn(resources, resources),
    };
  }
  const resources = join(folder, "resources");
  const windows = join(folder, "Twofold.exe");
  const isWindows = existsSync(windows);
  return {
    resources,
    binary: isWindows ? windows : join(folder, "twofold"),
    holdsHash: isWindows ? windows : undefined,
    licences: licencesIn(folder, resources),
  };
};

/**
 * @param {string} electrons
 * @param {string} ours
 * @returns {readonly (readonly [string, string])[]}
 */
const licencesIn = (electrons, ours) => [
  [electrons, "LICENSE.electron.txt"],
  [electrons, "LICENSES.chromium.html"],
  [ours, "LICENSE.twofold.txt"],
];
