// node scripts/checkPackage.mjs [FOLDER]: reads every unpacked app in release/ back and ends with an error where one is
// not what electron-builder.yml says.
import { existsSync, readdirSync } from "node:fs";
import { homedir, hostname } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { inspectPackage } from "./releasing/inspect.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const release = resolve(process.argv[2] ?? join(root, "release"));
const unpacked = (existsSync(release) ? readdirSync(release, { withFileTypes: true }) : [])
  .filter((entry) => entry.isDirectory() && /-unpacked$|^mac(?:-|$)/.test(entry.name))
  .map(({ name }) => join(release, name));
// A name of six letters and fewer says nothing.
const telling = [root, homedir(), hostname()].filter(({ length }) => length > 6);

let right = unpacked.length > 0;
if (!right) console.error(`There is no unpacked app in ${release}.`);
for (const folder of unpacked) {
  const wrong = inspectPackage(folder, telling);
  for (const line of wrong) console.error(`${folder}: ${line}`);
  if (wrong.length === 0)
    console.log(`${folder}: fuses, archive, hashes and licences are as they are meant to be`);
  else right = false;
}
process.exitCode = right ? 0 : 1;
