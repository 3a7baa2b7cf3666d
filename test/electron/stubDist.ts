import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What @electron/fuses looks for in Electron's binary; after it: version, number of fuses, one letter each. */
const fuseSentinel = "dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX";

/** The fuses as Electron 45 ships them. */
export const shippedFuses = "101100011";

/** An unpacked Electron for Linux that electron-builder takes for one, without its 200 MB. */
export const makeStubDist = async (folder: string, version: string): Promise<void> => {
  await mkdir(join(folder, "locales"), { recursive: true });
  await mkdir(join(folder, "resources"));
  const wire = Buffer.concat([
    Buffer.from(fuseSentinel, "latin1"),
    Buffer.from([1, shippedFuses.length]),
    Buffer.from(shippedFuses, "latin1"),
  ]);
  await writeFile(
    join(folder, "electron"),
    Buffer.concat([Buffer.from("\x7fELF", "latin1"), Buffer.alloc(64), wire, Buffer.alloc(64)]),
  );
  await chmod(join(folder, "electron"), 0o755);
  await writeFile(join(folder, "version"), `v${version}`);
  for (const name of ["LICENSE", "LICENSES.chromium.html", "chrome-sandbox"]) {
    await writeFile(join(folder, name), "");
  }
  for (const language of ["en-US", "en-GB", "de", "fr"]) {
    await writeFile(join(folder, "locales", `${language}.pak`), "");
  }
};
