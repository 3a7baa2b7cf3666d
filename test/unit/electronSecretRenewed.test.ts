import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { DeviceSecret, ObtainedSecret } from "../../shared/bridge/bridge.ts";
import { createStandIn } from "../electron/standIn.ts";

let folder = "";
let path = "";
let standIn = createStandIn();
let openSecret: (platform?: NodeJS.Platform) => DeviceSecret;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "twofold-renewed-"));
  path = join(folder, "device-secret");
  standIn = createStandIn();
  vi.resetModules();
  vi.doMock("electron", () => standIn.electron);
  const { createDeviceSecret } = await import("../../electron/deviceSecret.ts");
  openSecret = (platform = "linux") =>
    createDeviceSecret({ path, isVaultThere: async () => true, platform });
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const keychain = () => standIn.keychain.keychain;

/** A first day: there is no vault yet, so that one is made. */
const firstSecret = async (): Promise<Uint8Array> => must(await openSecret().renew()).secret;

const must = (obtained: Awaited<ReturnType<DeviceSecret["obtain"]>>): ObtainedSecret => {
  if (!obtained.ok) throw new Error(obtained.code);
  return obtained.value;
};

describe("a renewed secret of this computer", () => {
  test("stands beside the one before until that is forgotten for good", async () => {
    const before = await firstSecret();
    const renewed = must(await openSecret().renew());
    expect(renewed.secret).not.toEqual(before);
    expect(renewed.earlier).toEqual([before]);
    expect(must(await openSecret().obtain())).toEqual(renewed);
    expect(await openSecret().forgetEarlier()).toMatchObject({ ok: true });
    expect(must(await openSecret().obtain())).toEqual({ secret: renewed.secret, kept: "keychain" });
    const text = await readFile(path, "utf8");
    expect(JSON.parse(text)).not.toHaveProperty("earlier");
  });

  test("of which one was interrupted keeps every one that something may hang on", async () => {
    const first = await firstSecret();
    const second = must(await openSecret().renew()).secret;
    const third = must(await openSecret().renew());
    expect(third.earlier).toEqual([second, first]);
  });

  test("moves a journal that had no keychain into the one that is there now", async () => {
    keychain().backend = "basic_text";
    expect(must(await openSecret().renew()).kept).toBe("nowhere");
    keychain().backend = "kwallet6";
    const renewed = must(await openSecret().renew());
    expect(renewed.kept).toBe("keychain");
    expect(renewed.earlier).toEqual([new Uint8Array(32)]);
  });

  test.each(["basic_text", "unknown"] as const)(
    "is refused where a secret opens and the keychain of now is %s: nobody is weakened unasked",
    async (backend) => {
      keychain().backend = "basic_text";
      await openSecret().renew();
      const before = await readFile(path, "utf8");
      keychain().backend = backend;
      expect(await openSecret().renew()).toMatchObject({ ok: false, code: "KEYCHAIN_REFUSED" });
      expect(await readFile(path, "utf8")).toBe(before);
    },
  );

  test.each(["linux", "darwin", "win32"] as const)(
    "is refused where the keychain of %s does not answer, and the old one stays",
    async (platform) => {
      await firstSecret();
      const before = await readFile(path, "utf8");
      keychain().available = false;
      expect(await openSecret(platform).renew()).toMatchObject({ code: "KEYCHAIN_REFUSED" });
      expect(await readFile(path, "utf8")).toBe(before);
    },
  );

  test("takes the place of one that is lost, which opens again should its keychain return", async () => {
    const lost = await firstSecret();
    keychain().key = 8;
    expect(await openSecret().obtain()).toMatchObject({ code: "KEYCHAIN_LOST" });
    const renewed = must(await openSecret().renew());
    expect(renewed.earlier).toBeUndefined();
    expect(must(await openSecret().obtain()).secret).toEqual(renewed.secret);
    // The old keychain is there again, and so the new seal is the one that does not open.
    keychain().key = 7;
    expect(await openSecret().obtain()).toMatchObject({ code: "KEYCHAIN_LOST" });
    const both = must(await openSecret().renew());
    expect(both.earlier).toEqual([lost]);
  });

  test("takes the place of a damaged file, and not of a disk that does not answer", async () => {
    await writeFile(path, "{");
    expect((await openSecret().renew()).ok).toBe(true);
    await rm(path);
    path = join(folder, "no-folder", "device-secret");
    await writeFile(join(folder, "no-folder"), "a file where a folder is expected");
    expect(await openSecret().renew()).toMatchObject({ ok: false, code: "KEYCHAIN_LOST" });
  });

  test("does not forget the others while it cannot be read itself", async () => {
    await firstSecret();
    await openSecret().renew();
    const before = await readFile(path, "utf8");
    keychain().key = 8;
    expect(await openSecret().forgetEarlier()).toMatchObject({ ok: false, code: "KEYCHAIN_LOST" });
    expect(await readFile(path, "utf8")).toBe(before);
  });

  test("asked for while it is forgotten and obtained comes one after the other", async () => {
    await firstSecret();
    const secret = openSecret();
    const [one, , two] = await Promise.all([
      secret.renew(),
      secret.forgetEarlier(),
      secret.renew(),
    ]);
    expect(must(two).earlier).toEqual([must(one).secret]);
    expect(must(await secret.obtain())).toEqual(must(two));
  });

  test("never lies on the disk in the clear, nor do those before", async () => {
    const before = await firstSecret();
    const { secret } = must(await openSecret().renew());
    const text = await readFile(path, "utf8");
    for (const one of [before, secret]) {
      expect(text).not.toContain(Buffer.from(one).toString("base64"));
      expect(text).not.toContain(Buffer.from(one).toString("hex"));
    }
  });
});
