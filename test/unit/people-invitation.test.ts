import { beforeAll, describe, expect, test } from "vitest";
import {
  concatBytes,
  fromBase64Url,
  toBase64Url,
  toHex,
  u64,
  utf8,
} from "../../shared/base/bytes.ts";
import { hash, keyedHash } from "../../shared/crypto/hash.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { certificateMark } from "../../shared/people/certificate.ts";
import {
  type Invitation,
  invitationLink,
  invitationPsk,
  invitationSignalKey,
  invitationTopic,
  makeInvitation,
  readInvitation,
} from "../../shared/people/invitation.ts";
import { isMeetingPoint } from "../../shared/people/meetingPoint.ts";
import { createManualClock } from "../support/manualClock.ts";
import { makePerson, namedRandom, type TestPerson } from "../support/pairingPeople.ts";

const start = 1_767_225_600_000;
const minute = 60_000;
const points = ["ws://192.168.1.20:47180", "wss://meet.example.org/twofold?x=1"];

let mara: TestPerson;
let ownMark: Uint8Array;
let invitation: Invitation;
let link: string;
let code: string;

const clock = createManualClock(start);
const read = (text: string, at = clock) => readInvitation(text, { clock: at, ownMark });

beforeAll(async () => {
  await loadSodium();
  mara = makePerson("Mara");
  ownMark = certificateMark(makePerson("Jonas").certificate);
  invitation = invite("here", points);
  link = invitationLink(invitation);
  code = link.slice(link.indexOf("#") + 1).split(".")[0] ?? "";
});

const invite = (where: "here" | "apart", meetingPoints: readonly string[] = []): Invitation =>
  makeInvitation({
    certificate: mara.certificate,
    where,
    meetingPoints,
    clock,
    random: namedRandom("invitation"),
  });

/** A code with the check it takes to be read. */
const checked = (body: Uint8Array): string =>
  toBase64Url(concatBytes(body, hash("TF/1 invitation check", body).slice(0, 4)));

const bodyOf = (expiresAt: number, version = 1): Uint8Array =>
  concatBytes(
    Uint8Array.of(version),
    u64(expiresAt),
    invitation.room,
    invitation.secret,
    invitation.inviter,
  );

describe("an invitation's link", () => {
  test("is laid out as the protocol says", () => {
    expect(link).toBe(
      `twofold://pair#${checked(bodyOf(start + 10 * minute))}.${points.map((point) => toBase64Url(utf8(point))).join(".")}`,
    );
    expect(code).toHaveLength(103);
    expect(toHex(invitation.inviter)).toBe(toHex(certificateMark(mara.certificate)));
  });

  test("gives back the invitation it was made from", () => {
    expect(read(link)).toEqual({ ok: true, value: invitation });
    const bare = invite("apart");
    expect(read(invitationLink(bare))).toEqual({ ok: true, value: bare });
    expect(invitationLink(bare)).not.toContain(".");
  });

  test("lasts ten minutes for two who are together, and a day for two who are apart", () => {
    expect(invite("here").expiresAt).toBe(start + 10 * minute);
    expect(invite("apart").expiresAt).toBe(start + 24 * 60 * minute);
  });

  test("names at most four meeting points, and only such as may be named", () => {
    const many = ["http://no.example", ...[1, 2, 3, 4, 5].map((number) => `ws://host${number}:1`)];
    expect(invite("here", many).meetingPoints).toEqual([
      "ws://host1:1",
      "ws://host2:1",
      "ws://host3:1",
      "ws://host4:1",
    ]);
  });

  test("leads to keys that follow from its secret, and to a topic that does not", () => {
    expect(toHex(invitationPsk(invitation))).toBe(
      toHex(keyedHash(invitation.secret, "TF/1 invite", invitation.room)),
    );
    expect(toHex(invitationSignalKey(invitation))).toBe(
      toHex(keyedHash(invitation.secret, "TF/1 invite signal")),
    );
    expect(invitationTopic(invitation)).toBe(toBase64Url(invitation.room));
  });
});

describe("what people paste is read", () => {
  test("with white space around it, and broken over lines by a mail program", () => {
    expect(read(`\n  ${link}\t\r\n`).ok).toBe(true);
    expect(read(link.replace(/(.{40})/g, "$1\r\n")).ok).toBe(true);
    expect(read(link.replace(/(.{30})/g, "$1\u200b\u00a0")).ok).toBe(true);
  });

  test("as a bare code, behind another address, in brackets, in quotes or before a full stop", () => {
    const after = link.slice(link.indexOf("#") + 1);
    for (const text of [
      after,
      code,
      `#${after}`,
      `https://twofold.example/pair#${after}`,
      `my number #1: ${link}`,
      `<${link}>`,
      `“${link}”`,
      `(${link}).`,
      `TWOFOLD://PAIR#${after}`,
    ]) {
      expect([text, read(text).ok]).toEqual([text, true]);
    }
  });
});

describe("what cannot be used is refused", () => {
  test("as NOT_AN_INVITATION where it is something else", () => {
    for (const text of [
      "",
      "hello",
      "https://example.org/#top",
      "#",
      "....",
      "twofold",
      "x".repeat(5_000),
      "AQ",
    ]) {
      expect([text.slice(0, 20), read(text)]).toMatchObject([
        text.slice(0, 20),
        { code: "NOT_AN_INVITATION" },
      ]);
    }
  });

  test("as ALTERED wherever one character of the code was changed", () => {
    for (let index = 0; index < code.length; index++) {
      const other = code[index] === "A" ? "B" : "A";
      const changed = `twofold://pair#${code.slice(0, index)}${other}${code.slice(index + 1)}`;
      expect([index, read(changed)]).toMatchObject([index, { ok: false, code: "ALTERED" }]);
    }
  });

  test("as ALTERED where a part is missing or something is added", () => {
    for (const text of [
      `twofold://pair#${code.slice(0, -1)}`,
      `twofold://pair#${code.slice(0, 40)}`,
      "twofold://pair#",
      code.slice(0, 80),
      `twofold://pair#${code}AAAA`,
      `twofold://pair#${checked(new Uint8Array(73))}`,
      `twofold://pair#${checked(concatBytes(bodyOf(start + minute), Uint8Array.of(0)))}`,
    ]) {
      expect([text, read(text)]).toMatchObject([text, { ok: false, code: "ALTERED" }]);
    }
  });

  test("as ALTERED where an address is no meeting point, or there are five", () => {
    const address = (url: string): string => toBase64Url(utf8(url));
    for (const tail of [
      address("http://example.org"),
      address("ws://user:pw@example.org"),
      "=",
      `${address(points[0] ?? "")}..x`,
      toBase64Url(Uint8Array.of(0xff, 0xfe)),
      Array.from({ length: 5 }, () => address("ws://a:1")).join("."),
    ]) {
      expect([tail, read(`twofold://pair#${code}.${tail}`)]).toMatchObject([
        tail,
        { code: "ALTERED" },
      ]);
    }
  });

  test("as NEWER_VERSION where a later Twofold made it", () => {
    expect(read(checked(bodyOf(start + minute, 2)))).toMatchObject({ code: "NEWER_VERSION" });
    expect(read(checked(concatBytes(Uint8Array.of(9), new Uint8Array(200))))).toMatchObject({
      code: "NEWER_VERSION",
    });
  });

  test("as EXPIRED from the very millisecond on", () => {
    const later = createManualClock(start);
    later.advance(10 * minute - 1);
    expect(read(link, later).ok).toBe(true);
    later.advance(1);
    expect(read(link, later)).toMatchObject({ code: "EXPIRED" });
  });

  test("as ALTERED where it claims to last longer than any does, give or take two clocks", () => {
    const longest = start + (24 * 60 + 10) * minute;
    expect(read(checked(bodyOf(longest))).ok).toBe(true);
    expect(read(checked(bodyOf(longest + 1)))).toMatchObject({ code: "ALTERED" });
    const forever = bodyOf(start).fill(0xff, 1, 9);
    expect(read(checked(forever))).toMatchObject({ code: "ALTERED" });
  });

  test("as OWN_INVITATION where the reader made it, even after it expired", () => {
    const own = { clock, ownMark: certificateMark(mara.certificate) };
    expect(readInvitation(link, own)).toMatchObject({ code: "OWN_INVITATION" });
    const later = createManualClock(start + 60 * minute);
    expect(readInvitation(link, { ...own, clock: later })).toMatchObject({
      code: "OWN_INVITATION",
    });
  });
});

test("the check at the end is four bytes of the documented hash", () => {
  const bytes = fromBase64Url(code);
  if (!bytes.ok) throw new Error(bytes.code);
  expect(toHex(bytes.value.subarray(73))).toBe(
    toHex(hash("TF/1 invitation check", bytes.value.subarray(0, 73)).subarray(0, 4)),
  );
});

test("a meeting point is a ws:// or wss:// address and nothing that only looks like one", () => {
  for (const good of [
    "ws://127.0.0.1:47180",
    "wss://example.org",
    "WSS://Example.ORG/",
    "ws://[::1]:8080/a?b=c",
    "ws://my_host:65535/a%20b",
    "ws://a?key=value",
    `ws://${"h".repeat(195)}`,
  ]) {
    expect([good, isMeetingPoint(good)]).toEqual([good, true]);
  }
  for (const bad of [
    "",
    "http://a",
    "ws:/a",
    "ws://",
    "ws://a b",
    "ws://a#b",
    "ws://a/#b",
    "ws://u@a",
    "ws://u:p@a",
    "ws://a\\b",
    "ws://a:0",
    "ws://a:65536",
    "ws://a:",
    "ws://a/\n",
    "ws://a/\\b",
    "ws://a/<b>",
    "ws://ä.example",
    "ws://.a",
    "ws://a.",
    "javascript:ws://a",
    ` ws://a`,
    `ws://${"h".repeat(196)}`,
  ]) {
    expect([bad, isMeetingPoint(bad)]).toEqual([bad, false]);
  }
});
