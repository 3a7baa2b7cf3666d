import { createHash } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { fromBase64Url, toBase64Url } from "../../shared/base/bytes.ts";
import type { DeviceId } from "../../shared/base/ids.ts";
import { keyedHash } from "../../shared/crypto/hash.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { mailboxKeysOf, periodOf, type MailboxKeys } from "../../shared/people/mailboxKeys.ts";

const crk = new Uint8Array(32).fill(3);
let keys: MailboxKeys;
beforeAll(async () => {
  await loadSodium();
  keys = mailboxKeysOf(crk);
});
const ada = "a".repeat(32) as DeviceId;
const ben = "b".repeat(32) as DeviceId;

test("a mailbox can check a token with SHA-256 alone, and learns no key by it", () => {
  const read = fromBase64Url(keys.token);
  const secret = read.ok ? read.value : new Uint8Array();
  expect(secret).toEqual(keyedHash(crk, "TF/1 mailbox"));
  const label = Buffer.from("TF/1 couple");
  const shown = createHash("sha256")
    .update(Buffer.concat([Buffer.of(label.length), label, Buffer.of(0, 0, 0, 32), secret]))
    .digest();
  expect(keys.couple).toBe(toBase64Url(shown.subarray(0, 16)));
});

test("every device, period and attempt has a box of its own, which both partners can name and nobody else", () => {
  const first = { period: 680, attempt: 0 };
  const names = [
    keys.boxOf(ada, first),
    keys.boxOf(ben, first),
    keys.boxOf(ada, { period: 681, attempt: 0 }),
    keys.boxOf(ada, { period: 680, attempt: 1 }),
  ];
  expect(new Set(names).size).toBe(4);
  for (const name of names) {
    expect(name).toMatch(/^[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{22}$/);
    expect(name.startsWith(`${keys.couple}.`)).toBe(true);
  }
  expect(mailboxKeysOf(new Uint8Array(32).fill(3)).boxOf(ada, first)).toBe(names[0]);
  const others = mailboxKeysOf(new Uint8Array(32).fill(4));
  expect(others.couple).not.toBe(keys.couple);
  expect(others.boxOf(ada, first).split(".")[1]).not.toBe(names[0]?.split(".")[1]);
});

test("a period is thirty days long, and a clock before its first is in the first", () => {
  const day = 86_400_000;
  expect([periodOf(0), periodOf(30 * day - 1), periodOf(30 * day)]).toEqual([0, 0, 1]);
  expect(periodOf(-day)).toBe(0);
});
