import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { listInside, packageOf, readLicence } from "../../../scripts/licences/readLicence.mjs";
import { makeSbom } from "../../../scripts/licences/sbom.mjs";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "twofold-licences-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const install = async (
  name: string,
  manifest: object,
  files: Readonly<Record<string, string>> = {},
) => {
  const place = join(folder, "node_modules", name);
  await mkdir(place, { recursive: true });
  await writeFile(
    join(place, "package.json"),
    JSON.stringify({ name, version: "1.0.0", ...manifest }),
  );
  for (const [file, text] of Object.entries(files)) await writeFile(join(place, file), text);
  return { folder: place, name };
};
const terms = "Permission is hereby granted, free of charge, to any person. ".repeat(3);
const spare = () => join(folder, "spare");

describe("which package a bundled module is of", () => {
  test.each([
    ["/a/node_modules/yjs/dist/yjs.mjs", "yjs"],
    ["/a/node_modules/@scure/bip39/index.js?commonjs-module", "@scure/bip39"],
    ["\0/a/node_modules/ws/lib/ws.js", "ws"],
    ["/a/node_modules/x/node_modules/@y/z/i.js", "@y/z"],
    ["C:\\a\\node_modules\\yjs\\dist\\yjs.mjs", "yjs"],
    ["/a/shared/base/bytes.ts", undefined],
    ["\0rolldown/runtime.js", undefined],
    ["react", undefined],
  ])("%s", (id, name) => {
    expect(packageOf(id)?.name).toBe(name);
  });
});

describe("a licence", () => {
  test("is read with every text that the package brings", async () => {
    const place = await install(
      "both",
      { license: "MIT" },
      { LICENSE: terms, NOTICE: "Made by us." },
    );
    expect(readLicence(place, spare())).toEqual({
      name: "both",
      version: "1.0.0",
      licence: "MIT",
      text: `${terms.trim()}\n\nMade by us.`,
    });
  });

  test.each([
    ["that nobody looked at", { license: "SSPL-1.0" }, { LICENSE: terms }],
    ["that is not named", {}, { LICENSE: terms }],
    ["without a text", { license: "MIT" }, {}],
    ["with an empty text", { license: "MIT" }, { LICENSE: "\n" }],
  ])("%s stops the build", async (_, manifest, files: Record<string, string>) => {
    const place = await install("strange", manifest, files);
    expect(() => readLicence(place, spare())).toThrow("strange");
  });

  test("whose text the package leaves out is taken from ours", async () => {
    const place = await install("@a/b", { license: "ISC" });
    await mkdir(spare());
    await writeFile(join(spare(), "@a+b.txt"), terms);
    expect(readLicence(place, spare()).text).toBe(terms.trim());
  });

  test("of what an author bundled before is found by what the package depends on", async () => {
    const place = await install("outer", { dependencies: { middle: "1" } });
    await install("middle", { dependencies: { inner: "1" } });
    await install("inner", { dependencies: { middle: "1" } });
    expect(listInside(place).map(({ name }) => name)).toEqual(["middle", "inner"]);
    const missing = await install("other", { dependencies: { "not-there": "1" } });
    expect(() => listInside(missing)).toThrow("not-there");
  });

  test("every text that we keep is of a package that is installed and brings none", async () => {
    for (const file of await readdir(resolve("build/licences"))) {
      if (!file.endsWith(".txt")) continue;
      const name = file.slice(0, -4).replace("+", "/");
      const brought = await readdir(resolve("node_modules", name));
      expect(brought.filter((one) => /^(?:licen[cs]e|copying|notice)/i.test(one))).toEqual([]);
    }
  });
});

describe("the list of parts", () => {
  const manifest = JSON.parse(
    JSON.stringify({
      name: "twofold",
      version: "0.1.0",
      license: "AGPL-3.0-or-later",
      devDependencies: { electron: "45.4.1" },
    }),
  ) as { name: string; version: string; license: string; devDependencies: Record<string, string> };
  const lockfile = {
    packages: {
      "": {},
      "node_modules/@scure/bip39": { version: "2.4.0", integrity: `sha512-${"A".repeat(86)}==` },
      "node_modules/qr": { version: "0.7.0" },
      "node_modules/x/node_modules/qr": { version: "0.1.0" },
    },
  };
  const licences = [
    { name: "@scure/bip39", version: "2.4.0", licence: "MIT" },
    { name: "qr", version: "0.7.0", licence: "(MIT OR Apache-2.0)" },
  ];
  const make = (epoch?: string) => makeSbom({ licences, lockfile, manifest, epoch });

  test("is CycloneDX 1.6 in its required parts, each part once and depended on", () => {
    const sbom = make();
    expect(sbom).toMatchObject({ bomFormat: "CycloneDX", specVersion: "1.6", version: 1 });
    expect(sbom.serialNumber).toMatch(
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    const refs = sbom.components.map((part) => part["bom-ref"]);
    expect(refs).toEqual([
      "pkg:npm/electron@45.4.1",
      "pkg:npm/%40scure/bip39@2.4.0",
      "pkg:npm/qr@0.7.0",
    ]);
    expect(sbom.dependencies[0]).toEqual({ ref: "pkg:npm/twofold@0.1.0", dependsOn: refs });
    expect(sbom.dependencies.map(({ ref }) => ref).slice(1)).toEqual(refs);
    expect(sbom.components[1]).toMatchObject({
      type: "library",
      licenses: [{ license: { id: "MIT" } }],
      hashes: [{ alg: "SHA-512", content: "0".repeat(128) }],
    });
    expect(sbom.components[2]).toMatchObject({ licenses: [{ expression: "MIT OR Apache-2.0" }] });
  });

  test("is the same for the same build, and names a time only when it is told one", () => {
    expect(make()).toEqual(make());
    expect(make().metadata).not.toHaveProperty("timestamp");
    expect(make("0").metadata).toHaveProperty("timestamp", "1970-01-01T00:00:00.000Z");
    expect(make("0").serialNumber).not.toBe(make().serialNumber);
  });

  test("stops where something is bundled that the lockfile does not have", () => {
    const strange = [{ name: "qr", version: "9.9.9", licence: "MIT" }];
    expect(() => makeSbom({ licences: strange, lockfile, manifest, epoch: undefined })).toThrow(
      "qr",
    );
  });
});

test("the build lists its packages after all of it is built, and nowhere in what is loaded first", async () => {
  const config = await readFile(resolve("vite.config.ts"), "utf8");
  expect(config).toContain('parts: ["client", "main", "preload"]');
  expect(config.indexOf("licences.write(")).toBeGreaterThan(config.indexOf("builder.build("));
});
