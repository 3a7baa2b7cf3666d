// The steps of a release that are done on a computer without a network (docs/releasing.md):
//   node scripts/release.mjs key FILE
//   node scripts/release.mjs sign FOLDER --key FILE --version X.Y.Z --least X.Y.Z [--channel stable] [--date YYYY-MM-DD]
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { listPackages } from "./releasing/packages.mjs";
import { makeReleaseKey, openReleaseKey, publicPart, signManifest } from "./releasing/signing.mjs";

/** @param {string} question */
const ask = async (question) => {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
};

/** @param {string | undefined} file */
const makeKey = async (file) => {
  if (file === undefined) throw new Error("name the file that the key is to be written to");
  if (existsSync(file)) throw new Error(`${file} is there already; a key is never written over`);
  const { sealed, publicKey } = makeReleaseKey(await ask("Passphrase for this key: "));
  writeFileSync(file, sealed, { mode: 0o600, flag: "wx" });
  console.log(`Public half, for electron/updates/releasePlace.ts: ${publicKey}`);
};

/**
 * @param {string | undefined} folder
 * @param {Record<string, string | undefined>} said
 */
const signRelease = async (folder, { key, version, least, channel, date }) => {
  if (!folder || !key || !version || !least)
    throw new Error("sign needs FOLDER, --key, --version and --least");
  const privateKey = openReleaseKey(readFileSync(key, "utf8"), await ask("Passphrase: "));
  const files = await listPackages(folder, version);
  const manifest = {
    format: 1,
    channel: channel ?? "stable",
    version,
    date: date ?? new Date().toISOString().slice(0, 10),
    least,
    files,
  };
  const path = join(folder, "twofold-release.json");
  writeFileSync(path, signManifest(manifest, [privateKey]));
  for (const { name, sha512 } of files) console.log(`${sha512}  ${name}`);
  console.log(`${path} signed with ${publicPart(privateKey)}`);
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    key: { type: "string" },
    version: { type: "string" },
    least: { type: "string" },
    channel: { type: "string" },
    date: { type: "string" },
  },
});
const [task, place] = positionals;
try {
  if (task === "key") await makeKey(place);
  else if (task === "sign") await signRelease(place, values);
  else throw new Error("say: key FILE, or sign FOLDER --key FILE --version X.Y.Z --least X.Y.Z");
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : problem);
  process.exitCode = 1;
}
