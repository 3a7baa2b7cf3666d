import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openManifest } from "../../electron/updates/manifest.ts";
import { compareVersions, readVersion } from "../../electron/updates/version.ts";
import { readPackageName } from "../../scripts/releasing/packages.mjs";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "twofold-release-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** With its passphrase typed, as a person does it. */
const release = (words: readonly string[], typed = "a long passphrase for releases\n"): string =>
  execFileSync(process.execPath, [resolve("scripts/release.mjs"), ...words], {
    input: typed,
    encoding: "utf8",
    stdio: ["pipe", "pipe", "ignore"],
  });

describe("signing a release", () => {
  test("makes a key that only its passphrase opens, and a manifest that the program opens", async () => {
    const key = join(folder, "release.key");
    const publicKey = release(["key", key]).trim().split(": ")[1] ?? "";
    expect(await readFile(key, "utf8")).toContain("BEGIN ENCRYPTED PRIVATE KEY");
    // Windows has no such letters: there it is the account's folder that keeps others out.
    const others = process.platform === "win32" ? 0 : (await stat(key)).mode & 0o077;
    expect(others).toBe(0);
    expect(() => release(["key", key])).toThrow();

    const packed = Buffer.from("a package");
    await writeFile(join(folder, "twofold-1.3.0-linux-x86_64.AppImage"), packed);
    await writeFile(join(folder, "twofold-1.3.0-mac-arm64.zip"), "another");
    await writeFile(join(folder, "twofold-1.3.0-mac-arm64.zip.blockmap"), "no package");
    await writeFile(join(folder, "builder-debug.yml"), "no package");
    const words = ["sign", folder, "--key", key, "--version", "1.3.0", "--least", "1.0.0"];
    expect(() => release(words, "another passphrase\n")).toThrow();
    release(words);
    const opened = openManifest(
      await readFile(join(folder, "twofold-release.json")),
      [publicKey],
      "stable",
    );
    if (!opened.ok) throw new Error(opened.code);
    expect(opened.value.manifest.files.map(({ name, arch, kind }) => [name, arch, kind])).toEqual([
      ["twofold-1.3.0-linux-x86_64.AppImage", "x64", "AppImage"],
      ["twofold-1.3.0-mac-arm64.zip", "arm64", "zip"],
    ]);
    expect(opened.value.manifest.files[0]).toMatchObject({
      size: packed.length,
      sha512: createHash("sha512").update(packed).digest("base64"),
    });
  });

  test("stops where a package of another version lies among them, and where none lies", async () => {
    const key = join(folder, "release.key");
    release(["key", key]);
    const words = ["sign", folder, "--key", key, "--version", "1.3.0", "--least", "1.0.0"];
    expect(() => release(words)).toThrow();
    await writeFile(join(folder, "twofold-1.2.9-win-x64.exe"), "old");
    expect(() => release(words)).toThrow();
  });

  test("a short passphrase makes no key", () => {
    expect(() => release(["key", join(folder, "weak.key")], "short\n")).toThrow();
  });
});

test("the names that electron-builder gives are the names that are read", async () => {
  const chosen = await readFile(resolve("electron-builder.yml"), "utf8");
  expect(chosen).toContain("artifactName: twofold-${version}-${os}-${arch}.${ext}\n");
  expect(readPackageName("twofold-0.1.0-linux-amd64.deb")).toMatchObject({ arch: "x64" });
  expect(readPackageName("twofold-0.1.0-linux-aarch64.rpm")).toMatchObject({ arch: "arm64" });
  expect(readPackageName("twofold-0.2.0-beta.1-win-arm64.exe")).toMatchObject({
    version: "0.2.0-beta.1",
    platform: "windows",
  });
  expect(readPackageName("twofold-0.1.0-linux-x64.sh")).toBeUndefined();
});

describe("versions", () => {
  test("stand in the order that semver gives as its example", () => {
    const order = [
      "1.0.0-alpha",
      "1.0.0-alpha.1",
      "1.0.0-alpha.beta",
      "1.0.0-beta",
      "1.0.0-beta.2",
      "1.0.0-beta.11",
      "1.0.0-rc.1",
      "1.0.0",
      "1.0.1",
      "1.1.0",
      "2.0.0",
      "10.0.0",
    ].map((text) => readVersion(text));
    for (const [place, version] of order.entries())
      for (const [other, against] of order.entries()) {
        if (version === undefined || against === undefined) throw new Error("unread");
        expect(Math.sign(compareVersions(version, against))).toBe(Math.sign(place - other));
      }
  });

  test("whatever text comes, it is read as itself or not at all", () => {
    const part = fc.constantFrom("0", "1", "10", "01", "a", "-", "1a", "");
    const text = fc
      .tuple(fc.array(part, { maxLength: 4 }), fc.array(part, { maxLength: 3 }))
      .map(
        ([numbers, before]) => `${numbers.join(".")}${before.length ? "-" : ""}${before.join(".")}`,
      );
    fc.assert(
      fc.property(text, (said) => {
        const read = readVersion(said);
        if (read === undefined) return;
        const { numbers, before } = read;
        expect(numbers.join(".") + (before.length ? `-${before.join(".")}` : "")).toBe(said);
        expect(compareVersions(read, read)).toBe(0);
      }),
    );
  });
});
