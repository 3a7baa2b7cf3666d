import { EventEmitter } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as electronUpdater from "electron-updater";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createElectronInstaller, exchangeFile } from "../../electron/updates/electronUpdater.ts";
import { readOwnFile, type Installer } from "../../electron/updates/installer.ts";
import {
  aManifest,
  openHost,
  packageBytes,
  releaseAddress,
  sha512,
} from "../electron/releaseKit.ts";
import { createManualClock } from "../support/manualClock.ts";

let folder = "";
let appImage = "";
let host: Awaited<ReturnType<typeof openHost>>;
const hosts: { readonly close: () => Promise<void> }[] = [];
const serve = async (answer: RequestListener) => {
  host = await openHost(answer);
  hosts.push(host);
};
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "twofold-bring-"));
  await mkdir(join(folder, "programs"));
  appImage = join(folder, "programs", "My Twofold.AppImage");
  await writeFile(appImage, "the older Twofold");
  await serve((_request, response) => response.end(packageBytes));
  vi.stubEnv("APPIMAGE", appImage);
});
afterEach(async () => {
  for (const open of hosts.splice(0)) await open.close();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const [file] = aManifest().files;
if (file === undefined) throw new Error("the kit has a file");
const wanted = (change: Partial<typeof file> = {}) => ({
  address: `${releaseAddress}${file.name}`,
  file: { ...file, ...change },
  offer: { version: "1.3.0", date: "2026-11-20", size: file.size, way: "here" as const },
});

const make = (own: Installer["file"] = { platform: "linux", arch: "x64", kind: "AppImage" }) => {
  const app = new EventEmitter();
  const seen = { quits: 0, relaunched: [] as unknown[], loads: 0 };
  const clock = createManualClock();
  const installer = createElectronInstaller({
    own,
    app: Object.assign(app, {
      getVersion: () => "1.2.0",
      quit: () => {
        seen.quits++;
      },
      relaunch: (options: unknown) => {
        seen.relaunched.push(options);
      },
    }) as never,
    wire: (address, signal) => host.wire(address, signal),
    clock,
    folder: join(folder, "updates"),
    appImage: own?.kind === "AppImage" ? appImage : undefined,
    loadUpdater: async () => {
      seen.loads++;
      return electronUpdater;
    },
  });
  return { installer, seen, app, clock };
};

const filesUnder = async (place: string): Promise<string[]> =>
  (await readdir(place, { recursive: true, withFileTypes: true }).catch(() => []))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .toSorted();

describe("bringing, with the real electron-updater", () => {
  test.each([
    ["an AppImage", { platform: "linux", arch: "x64", kind: "AppImage" }],
    ["an installer for Windows", { platform: "windows", arch: "x64", kind: "exe" }],
  ] as const)("%s arrives whole with one request, and nothing is exchanged yet", async (_, own) => {
    const { installer, seen } = make(own);
    expect(seen.loads).toBe(0);
    const name = own.kind === "exe" ? "twofold-1.3.0-win-x64.exe" : file.name;
    const target = { ...wanted({ name }), address: `${releaseAddress}${name}` };
    expect(await installer.bring(target)).toEqual({ ok: true, value: undefined });
    // No latest.yml, no block map, no number for this computer.
    expect(host.asked).toEqual([`/twofold/${name}`]);
    expect(await filesUnder(join(folder, "updates"))).toEqual([name, "update-info.json"]);
    expect(await readFile(appImage, "utf8")).toBe("the older Twofold");
    expect(seen.quits).toBe(0);
  });

  test("what lies here already is not fetched twice", async () => {
    const { installer } = make();
    await installer.bring(wanted());
    expect(await installer.bring(wanted())).toEqual({ ok: true, value: undefined });
    expect(host.asked).toHaveLength(1);
  });

  const other = Buffer.from(packageBytes);
  other[3] = (other[3] ?? 0) ^ 1;
  test.each([
    ["one changed bit", other],
    ["a truncated file", packageBytes.subarray(0, 20)],
    ["more than was signed", Buffer.concat([packageBytes, Buffer.from("!")])],
    ["an empty file", Buffer.alloc(0)],
  ])("%s is refused and does not stay", async (_, bytes) => {
    await serve((_request, response) => response.end(bytes));
    const { installer } = make();
    expect(await installer.bring(wanted())).toMatchObject({ code: "RELEASE_REFUSED" });
    expect(await installer.install()).toEqual({ ok: false, code: "NOTHING_OFFERED" });
    expect(await filesUnder(join(folder, "updates"))).toEqual([]);
  });

  test("another file's hash is refused", async () => {
    const { installer } = make();
    const hash = sha512(Buffer.from("another package"));
    expect(await installer.bring(wanted({ sha512: hash }))).toMatchObject({
      code: "RELEASE_REFUSED",
    });
  });

  test("a redirect is not followed", async () => {
    await serve((request, response) => {
      if (request.url === "/twofold/elsewhere") response.end(packageBytes);
      else response.writeHead(302, { location: "/twofold/elsewhere" }).end();
    });
    const { installer } = make();
    expect(await installer.bring(wanted())).toMatchObject({ code: "NOT_REACHED" });
    expect(host.asked).toHaveLength(1);
  });

  test("a connection that ends in the middle, and one that falls silent", async () => {
    await serve((_request, response) => {
      response.setHeader("content-length", packageBytes.length);
      response.write(packageBytes.subarray(0, 10), () => response.destroy());
    });
    const { installer } = make();
    expect(await installer.bring(wanted())).toMatchObject({ code: "NOT_REACHED" });

    let begun = () => {};
    const beginning = new Promise<void>((tell) => {
      begun = tell;
    });
    await serve((_request, response) => {
      response.setHeader("content-length", packageBytes.length);
      response.write(packageBytes.subarray(0, 10), begun);
    });
    const slow = make();
    const bringing = slow.installer.bring(wanted());
    await beginning;
    slow.clock.advance(60_000);
    expect(await bringing).toMatchObject({ code: "NOT_REACHED" });
  });

  test("an installation that is not ours to exchange brings nothing", async () => {
    const { installer, seen } = make();
    const none = createElectronInstaller({
      own: undefined,
      app: {} as never,
      wire: host.wire,
      clock: createManualClock(),
      folder,
      appImage: undefined,
      loadUpdater: () => Promise.reject(new Error("never loaded")),
    });
    expect(await none.bring(wanted())).toEqual({ ok: false, code: "NOTHING_OFFERED" });
    expect(await installer.install()).toEqual({ ok: false, code: "NOTHING_OFFERED" });
    expect(seen.loads).toBe(0);
  });
});

describe.skipIf(process.platform === "win32")("exchanging", () => {
  test("an AppImage stays in its place under its own name, after everything was locked", async () => {
    const { installer, seen, app } = make();
    await installer.bring(wanted());
    expect(await installer.install()).toEqual({ ok: true, value: undefined });
    expect(seen).toMatchObject({ quits: 1, relaunched: [{ execPath: appImage }] });
    expect(await readFile(appImage, "utf8")).toBe("the older Twofold");
    app.emit("quit");
    expect(await readFile(appImage)).toEqual(packageBytes);
    expect((await stat(appImage)).mode & 0o777).toBe(0o755);
    expect(await readdir(join(folder, "programs"))).toEqual(["My Twofold.AppImage"]);
  });

  test("a file that was changed after it came is not installed", async () => {
    const { installer, seen } = make();
    await installer.bring(wanted());
    const [path = ""] = (await readdir(join(folder, "updates"), { recursive: true })).filter(
      (name) => name.endsWith(".AppImage"),
    );
    await writeFile(join(folder, "updates", path), "something else, put here");
    expect(await installer.install()).toMatchObject({ code: "RELEASE_REFUSED" });
    expect(seen.quits).toBe(0);
  });

  test("when the exchange is not possible at the last moment, the older program is whole", async () => {
    const { installer, app } = make();
    await installer.bring(wanted());
    await installer.install();
    await rm(join(folder, "updates"), { recursive: true });
    expect(() => app.emit("quit")).not.toThrow();
    expect(await readFile(appImage, "utf8")).toBe("the older Twofold");
    expect(() => exchangeFile(join(folder, "not-there"), appImage)).toThrow();
    expect(await readFile(appImage, "utf8")).toBe("the older Twofold");
  });
});

describe("which file an installation takes", () => {
  const where = {
    platform: "linux",
    arch: "x64",
    isPackaged: true,
    appImage: undefined,
    hasUninstaller: false,
  } as const;
  test.each([
    [where, undefined],
    [{ ...where, appImage: "/home/a/T.AppImage" }, "AppImage"],
    [{ ...where, appImage: "T.AppImage" }, undefined],
    [{ ...where, appImage: "/home/a/T.AppImage", isPackaged: false }, undefined],
    [{ ...where, appImage: "/home/a/T.AppImage", arch: "ia32" }, undefined],
    [{ ...where, platform: "win32" }, undefined],
    [{ ...where, platform: "win32", hasUninstaller: true, arch: "arm64" }, "exe"],
    [{ ...where, platform: "darwin" }, "zip"],
  ] as const)("%j", (installation, kind) => {
    expect(readOwnFile(installation)?.kind).toBe(kind);
  });
});
