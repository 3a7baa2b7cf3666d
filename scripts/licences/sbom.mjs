// The list of parts of a build as CycloneDX 1.6: what is really bundled (scripts/licences), and Electron.
import { createHash } from "node:crypto";

/** Names of licences that are one entry of SPDX's list; anything else is an expression or a name. */
const spdx =
  /^(?:0BSD|Apache-2\.0|BlueOak-1\.0\.0|BSD-[23]-Clause|CC0-1\.0|ISC|MIT|OFL-1\.1|Unlicense)$/;

/** @param {string} licence */
const sayLicence = (licence) => {
  if (spdx.test(licence)) return [{ license: { id: licence } }];
  if (licence === "(MIT OR Apache-2.0)") return [{ expression: "MIT OR Apache-2.0" }];
  return [{ license: { name: licence } }];
};

/**
 * @param {string} name
 * @param {string} version
 */
const purl = (name, version) => `pkg:npm/${name.replace("@", "%40")}@${version}`;

/** @param {string | undefined} integrity */
const hashes = (integrity) => {
  const found = /^sha512-(?<hash>[A-Za-z0-9+/=]+)$/.exec(integrity ?? "")?.groups?.["hash"];
  return found === undefined
    ? {}
    : { hashes: [{ alg: "SHA-512", content: Buffer.from(found, "base64").toString("hex") }] };
};

/**
 * @param {object} parts
 * @param {readonly {name: string, version: string, licence: string}[]} parts.licences as dist/renderer/licences.json
 * @param {{packages: Record<string, {version?: string, integrity?: string}>}} parts.lockfile
 * @param {{name: string, version: string, license: string, devDependencies: Record<string, string>}} parts.manifest
 * @param {string | undefined} parts.epoch SOURCE_DATE_EPOCH, seconds; without it the list names no time
 */
export const makeSbom = ({ licences, lockfile, manifest, epoch }) => {
  const locked = Object.entries(lockfile.packages).map(([path, one]) => ({
    name: path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length),
    ...one,
  }));
  const bundled = licences.map(({ name, version, licence }) => {
    const found = locked.find((one) => one.name === name && one.version === version);
    if (found === undefined)
      throw new Error(`${name} ${version} is bundled and not in the lockfile`);
    return {
      type: "library",
      "bom-ref": purl(name, version),
      name,
      version,
      scope: "required",
      ...hashes(found.integrity),
      licenses: sayLicence(licence),
      purl: purl(name, version),
    };
  });
  const electron = manifest.devDependencies["electron"] ?? "";
  const components = [
    {
      type: "framework",
      "bom-ref": purl("electron", electron),
      name: "electron",
      version: electron,
      scope: "required",
      licenses: sayLicence("MIT"),
      purl: purl("electron", electron),
    },
    ...bundled,
  ];
  const own = purl(manifest.name, manifest.version);
  const metadata = {
    ...(epoch === undefined ? {} : { timestamp: new Date(Number(epoch) * 1_000).toISOString() }),
    component: {
      type: "application",
      "bom-ref": own,
      name: manifest.name,
      version: manifest.version,
      licenses: [{ license: { id: manifest.license } }],
      purl: own,
    },
  };
  const dependencies = [
    { ref: own, dependsOn: components.map((part) => part["bom-ref"]) },
    ...components.map((part) => ({ ref: part["bom-ref"], dependsOn: [] })),
  ];
  const content = { metadata, components, dependencies };
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${contentUuid(JSON.stringify(content))}`,
    version: 1,
    ...content,
  };
};

/**
 * RFC 9562 version 8: the same list has the same number on every computer.
 * @param {string} text
 */
const contentUuid = (text) => {
  const bytes = createHash("sha256").update(text).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join("-");
};
