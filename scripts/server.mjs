// npm run server: the rendezvous on its own, built first where it is not.
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { prepare } from "./start/prepare.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const obstacle = await prepare(root, (line) => console.log(line));
if (obstacle === undefined)
  await import(pathToFileURL(join(root, "dist", "server", "main.js")).href);
else {
  console.error(obstacle);
  process.exitCode = 1;
}
