import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { DeviceSecret } from "../../shared/bridge/bridge.ts";
import { createStandIn } from "../electron/standIn.ts";

let folder = "";
let path = "";
let standIn = createStandIn();
let vaultIsThere = false;
let openSecret: (platform?: NodeJS.Platform) => DeviceSecret;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "twofold-secret-"));
  path = join(folder, "device-secret");
  standIn = createStandIn();
  vaultIsThere = false;
  vi.resetModules();
  vi.doMock("electron", () => standIn.electron);
  const { createDeviceSecret } = await import("../../electron/deviceSecret.ts");
  openSecret = (platform = "linux") =>
    createDeviceSecret({ path, isVaultThere: async () => vaultIsThere, platform });
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const keptFile = () => readFile(path, "utf8");
const zeros = new Uint8Array(32);

const obtainNew = async (platform?: NodeJS.Platform): Promise<Uint8Array> => {
  const obtained = await openSecret(platform).obtain();
  if (!obtained.ok) throw new Error(obtained.code);
  return obtained.value.secret;
};

describe("the secret that this computer's keychain keeps", () => {
  test("is 32 random bytes, made once and the same ever after", async () => {
    const first = await openSecret().obtain();
    expect(first).toMatchObject({ ok: true, value: { kept: "keychain" } });
    const secret = first.ok ? first.value.secret : zeros;
    expect(secret).toHaveLength(32);
    expect(secret).not.toEqual(zeros);
    vaultIsThere = true;
    expect(await openSecret().obtain()).toEqual(first);
  });

  test("is another one for another profile", async () => {
    const one = await obtainNew();
    path = join(folder, "device-secret-2");
    expect(await obtainNew()).not.toEqual(one);
  });

  test("never lies on the disk in the clear", async () => {
    const secret = Buffer.from(await obtainNew());
    const text = await keptFile();
    const sealed = Buffer.from((JSON.parse(text) as { sealed: string }).sealed, "base64");
    for (const form of [secret.toString("base64"), secret.toString("hex")]) {
      expect(text).not.toContain(form);
      expect(sealed.toString("latin1")).not.toContain(form);
    }
    expect(sealed.includes(secret)).toBe(false);
  });

  test("asked for twice at once is made once", async () => {
    const secret = openSecret();
    const [one, other] = await Promise.all([secret.obtain(), secret.obtain()]);
    expect(one).toEqual(other);
    expect(standIn.keychain.keychain.writes).toBe(1);
  });

  test.each(["basic_text", "unknown"] as const)(
    "is 32 zeros where Linux has only %s, and this is written down",
    async (backend) => {
      standIn.keychain.keychain.backend = backend;
      expect(await openSecret().obtain()).toEqual({
        ok: true,
        value: { secret: zeros, kept: "nowhere" },
      });
      expect(JSON.parse(await keptFile())).toEqual({ kept: "nowhere" });
      expect(standIn.keychain.keychain.writes).toBe(0);
    },
  );

  test("stays zeros after a keychain was installed: the vault was made with them", async () => {
    standIn.keychain.keychain.backend = "basic_text";
    await openSecret().obtain();
    vaultIsThere = true;
    standIn.keychain.keychain.backend = "gnome_libsecret";
    expect(await openSecret().obtain()).toEqual({
      ok: true,
      value: { secret: zeros, kept: "nowhere" },
    });
  });

  test("is zeros where Linux has a keychain that cannot be reached on the first day", async () => {
    standIn.keychain.keychain.available = false;
    expect(await openSecret().obtain()).toMatchObject({
      value: { secret: zeros, kept: "nowhere" },
    });
  });

  test.each(["darwin", "win32"] as const)(
    "is refused, not weakened, where %s says no on the first day",
    async (platform) => {
      standIn.keychain.keychain.available = false;
      expect(await openSecret(platform).obtain()).toMatchObject({
        ok: false,
        code: "KEYCHAIN_REFUSED",
      });
      await expect(keptFile()).rejects.toThrow("ENOENT");
    },
  );

  test("does not depend on the Linux word for keychains elsewhere", async () => {
    standIn.keychain.keychain.backend = "unknown";
    expect(await openSecret("win32").obtain()).toMatchObject({ value: { kept: "keychain" } });
  });

  test("is not built upon before it was sealed well", async () => {
    standIn.keychain.keychain.encryptFails = true;
    expect(await openSecret().obtain()).toMatchObject({ ok: false, code: "KEYCHAIN_REFUSED" });
    await expect(keptFile()).rejects.toThrow("ENOENT");
  });
});

describe("a secret that can no longer be read", () => {
  const lose: Record<string, () => void | Promise<void>> = {
    "the keychain has another key": () => {
      standIn.keychain.keychain.key = 8;
    },
    "the keychain is gone from this desktop": () => {
      standIn.keychain.keychain.backend = "basic_text";
    },
    "its file is damaged": () => writeFile(path, "{"),
    "its file holds something else": () => writeFile(path, '{"kept":"elsewhere"}'),
    "its file is empty": () => writeFile(path, ""),
  };

  test.each(Object.keys(lose))("is lost, and nothing is overwritten: %s", async (name) => {
    await obtainNew();
    await lose[name]?.();
    const before = await keptFile();
    expect(await openSecret().obtain()).toMatchObject({ ok: false, code: "KEYCHAIN_LOST" });
    expect(await keptFile()).toBe(before);
  });

  test("is lost when its file is gone but the vault is there: no new one is made", async () => {
    await obtainNew();
    await rm(path);
    vaultIsThere = true;
    expect(await openSecret().obtain()).toMatchObject({ ok: false, code: "KEYCHAIN_LOST" });
    await expect(keptFile()).rejects.toThrow("ENOENT");
  });

  test("comes back when the keychain does", async () => {
    const secret = await obtainNew();
    standIn.keychain.keychain.available = false;
    expect(await openSecret().obtain()).toMatchObject({ ok: false, code: "KEYCHAIN_REFUSED" });
    standIn.keychain.keychain.available = true;
    standIn.keychain.keychain.key = 8;
    expect(await openSecret().obtain()).toMatchObject({ code: "KEYCHAIN_LOST" });
    standIn.keychain.keychain.key = 7;
    expect(await openSecret().obtain()).toMatchObject({ value: { secret } });
  });

  test("of another length is not used", async () => {
    const sealed = await standIn.keychain.safeStorage.encryptStringAsync("c2hvcnQ=");
    await writeFile(path, JSON.stringify({ kept: "keychain", sealed: sealed.toString("base64") }));
    expect(await openSecret().obtain()).toMatchObject({ code: "KEYCHAIN_LOST" });
  });

  test("is sealed anew when the keychain asks for it, and is still the same", async () => {
    const secret = await obtainNew();
    standIn.keychain.keychain.shouldReEncrypt = true;
    expect(await openSecret().obtain()).toMatchObject({ value: { secret } });
    expect(standIn.keychain.keychain.writes).toBe(2);
    standIn.keychain.keychain.encryptFails = true;
    expect(await openSecret().obtain()).toMatchObject({ value: { secret } });
    standIn.keychain.keychain.shouldReEncrypt = false;
    expect(await openSecret().obtain()).toMatchObject({ value: { secret } });
  });
});
