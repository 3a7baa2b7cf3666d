import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { safeFileLimit, type SafeFileName } from "../../../shared/bridge/bridge.ts";
import { createSafeDatabase } from "../../../renderer/shell/safeDatabase.ts";

const open = (askToPersist = async (): Promise<unknown> => true) =>
  createSafeDatabase({ name: "safe", askToPersist });

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(() => {
  vi.restoreAllMocks();
});

test("what was written is read again, also after a restart", async () => {
  expect(await open().write("vault", Uint8Array.of(1, 2, 3))).toEqual({ ok: true });
  expect(await open().read("vault")).toEqual({ ok: true, value: Uint8Array.of(1, 2, 3) });
});

test("a file that was never written is undefined, not an error", async () => {
  expect(await open().read("room-vault")).toEqual({ ok: true, value: undefined });
});

test("a removed file is gone, and removing it again is no trouble", async () => {
  const files = open();
  await files.write("keyring", Uint8Array.of(7));
  expect((await files.remove("keyring")).ok).toBe(true);
  expect((await files.remove("keyring")).ok).toBe(true);
  expect(await files.read("keyring")).toEqual({ ok: true, value: undefined });
});

test("a name that is not a safe file is refused and nothing is stored", async () => {
  const files = open();
  const foreign = "../vault" as SafeFileName;
  expect(await files.write(foreign, Uint8Array.of(1))).toMatchObject({ code: "BAD_REQUEST" });
  expect(await files.read(foreign)).toMatchObject({ code: "BAD_REQUEST" });
  expect(await files.remove(foreign)).toMatchObject({ code: "BAD_REQUEST" });
});

test("one byte over the limit is refused and the old bytes stay", async () => {
  const files = open();
  await files.write("vault", Uint8Array.of(9));
  const tooMuch = new Uint8Array(safeFileLimit + 1);
  expect(await files.write("vault", tooMuch)).toMatchObject({ code: "TOO_LARGE" });
  expect(await files.read("vault")).toEqual({ ok: true, value: Uint8Array.of(9) });
  expect((await files.write("vault", tooMuch.subarray(1))).ok).toBe(true);
});

test("only the bytes of a view are kept, not the buffer around them", async () => {
  const files = open();
  const around = Uint8Array.of(1, 2, 3, 4, 5);
  await files.write("vault", around.subarray(1, 3));
  const kept = await files.read("vault");
  expect(kept.ok && kept.value?.buffer.byteLength).toBe(2);
});

test("changing the bytes after a write was begun does not change what is kept", async () => {
  const files = open();
  const bytes = Uint8Array.of(1, 1);
  const writing = files.write("vault", bytes);
  bytes.fill(0);
  await writing;
  expect(await files.read("vault")).toEqual({ ok: true, value: Uint8Array.of(1, 1) });
});

test("every write asks the disk for strict durability", async () => {
  const asked = vi.spyOn(IDBDatabase.prototype, "transaction");
  await open().write("vault", Uint8Array.of(1));
  expect(asked).toHaveBeenCalledWith("files", "readwrite", { durability: "strict" });
});

test.each([
  ["QuotaExceededError", "DISK_FULL"],
  ["SecurityError", "NO_PERMISSION"],
  ["UnknownError", "DISK_FAILED"],
])("%s is said as %s and the next try opens anew", async (name, code) => {
  const files = open();
  vi.spyOn(indexedDB, "open").mockImplementationOnce(() => {
    throw new DOMException("", name);
  });
  expect(await files.write("vault", Uint8Array.of(1))).toMatchObject({ ok: false, code });
  expect((await files.write("vault", Uint8Array.of(1))).ok).toBe(true);
});

test("the browser is asked once not to clear our storage, and its refusal loses nothing", async () => {
  const ask = vi.fn(() => Promise.reject(new Error("no")));
  const files = open(ask);
  expect(ask).not.toHaveBeenCalled();
  await files.write("vault", Uint8Array.of(1));
  await files.write("vault", Uint8Array.of(2));
  expect(ask).toHaveBeenCalledTimes(1);
  expect(await files.read("vault")).toEqual({ ok: true, value: Uint8Array.of(2) });
});

test("it lets go when something else wants to replace the database", async () => {
  const files = open();
  await files.write("vault", Uint8Array.of(1));
  await new Promise((deleted, blocked) => {
    const request = indexedDB.deleteDatabase("safe");
    request.addEventListener("success", deleted);
    request.addEventListener("error", blocked);
  });
  expect(await files.read("vault")).toEqual({ ok: true, value: undefined });
});
