import { beforeAll, expect, test } from "vitest";
import { isOpenOnTheWay } from "../../renderer/settings/addresses.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import {
  concernsNetwork,
  firstSettings,
  readSettings,
  writeSettings,
} from "../../shared/journal/settings.ts";

beforeAll(loadSodium);

test("no mailbox is used unless somebody adds one", () => {
  expect(firstSettings.mailboxes).toEqual([]);
  expect(readSettings({}).mailboxes).toEqual([]);
});

test("the mailboxes that somebody added come back, in their order, and what is none of them does not", () => {
  const mailboxes = ["wss://post.example.org/friends", "ws://192.168.178.20:47180"];
  const stored: unknown = JSON.parse(
    JSON.stringify(writeSettings({ ...firstSettings, mailboxes })),
  );
  expect(readSettings(stored as Record<string, unknown>).mailboxes).toEqual(mailboxes);
  expect(
    readSettings({
      mailboxes: [
        "https://post.example.org",
        "wss://name:word@post.example.org",
        "wss://post.example.org#fragment",
        `wss://${"a".repeat(200)}.example.org`,
        7,
        null,
        ...mailboxes,
      ],
    }).mailboxes,
  ).toEqual(mailboxes);
  for (const strange of ["wss://post.example.org", null, { 0: "wss://a.example.org" }])
    expect(readSettings({ mailboxes: strange }).mailboxes).toEqual([]);
  const many = Array.from({ length: 12 }, (_, index) => `wss://post${index}.example.org`);
  expect(readSettings({ mailboxes: many }).mailboxes).toEqual(many.slice(0, 8));
});

test("a mailbox that is added or taken out begins the carriers anew, and nothing else about it does", () => {
  const added = { ...firstSettings, mailboxes: ["wss://post.example.org"] };
  expect(concernsNetwork(firstSettings, added)).toBe(true);
  expect(concernsNetwork(added, firstSettings)).toBe(true);
  expect(concernsNetwork(added, { ...added, mailboxes: ["wss://post.example.org"] })).toBe(false);
});

test("it is said of ws:// to a place elsewhere that networks in between see it, and of no other", () => {
  const open = [
    "ws://post.example.org",
    "ws://203.0.113.7:47180",
    "ws://[2001:db8::1]/tf",
    "ws://172.32.0.1",
    "ws://10.example.com",
    "ws://local.example.org",
  ];
  const closed = [
    "wss://post.example.org",
    "wss://203.0.113.7",
    "ws://localhost:47180",
    "ws://127.0.0.1:47180",
    "ws://[::1]:47180",
    "ws://nas",
    "ws://nas.local",
    "ws://nas.home.arpa",
    "ws://10.0.0.4",
    "ws://192.168.178.20:47180",
    "ws://172.16.4.1",
    "ws://169.254.1.1",
    "ws://[fe80::1]",
    "ws://[fd12:3456::1]",
  ];
  expect(open.filter((address) => !isOpenOnTheWay(address))).toEqual([]);
  expect(closed.filter(isOpenOnTheWay)).toEqual([]);
});
