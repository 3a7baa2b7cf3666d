import * as fc from "fast-check";
import { expect, test } from "vitest";
import { pickPlaces } from "../../renderer/words/pickPlaces.ts";
import { readIceServer, readMeetingPoint } from "../../renderer/settings/addresses.ts";
import { readPageId } from "../../renderer/ui/pageId.ts";
import { splitWords } from "../../renderer/unlock/splitWords.ts";

test("three different places of the twelve are asked, whatever the dice say", () => {
  fc.assert(
    fc.property(fc.infiniteStream(fc.nat(255)), (bytes) => {
      const places = pickPlaces(() => Uint8Array.of(bytes.next().value ?? 0), 12, 3);
      expect(new Set(places).size).toBe(3);
      expect(places.every((place) => place >= 0 && place < 12)).toBe(true);
      expect([...places].sort((one, other) => one - other)).toEqual(places);
    }),
  );
});

test("every place is asked sooner or later", () => {
  let byte = 0;
  const seen = new Set<number>();
  for (let round = 0; round < 200; round++)
    for (const place of pickPlaces(() => Uint8Array.of((byte = (byte * 5 + 77) % 256)), 12, 3))
      seen.add(place);
  expect(seen.size).toBe(12);
});

test("a meeting point is ws:// or wss:// and a host", () => {
  expect(readMeetingPoint(" wss://meet.example.org/ ")).toBe("wss://meet.example.org");
  expect(readMeetingPoint("ws://192.168.1.20:47180")).toBe("ws://192.168.1.20:47180");
  expect(readMeetingPoint("WSS://Meet.Example.org/room")).toBe("wss://meet.example.org/room");
});

test.each([
  "https://meet.example.org",
  "meet.example.org",
  "ws://",
  "ws://someone:secret@meet.example.org",
  "ws://meet.example.org/#part",
  "javascript:alert(1)",
  "",
])("%s is no meeting point", (address) => {
  expect(readMeetingPoint(address)).toBeUndefined();
});

test("a server for connections is stun:, turn: or turns:, with its name and password only where given", () => {
  expect(readIceServer("stun:stun.example.org:3478", "", "")).toEqual({
    url: "stun:stun.example.org:3478",
  });
  expect(readIceServer("turns:relay.example.org?transport=tcp", " noor ", "word")).toEqual({
    url: "turns:relay.example.org?transport=tcp",
    username: "noor",
    credential: "word",
  });
});

test.each(["stun://stun.example.org", "http://x", "turn:", "turn:a b", ""])(
  "%s is no such server",
  (url) => {
    expect(readIceServer(url, "", "")).toBeUndefined();
  },
);

test("recovery words are read as people type them from paper", () => {
  expect(splitWords("1. Orbit 2. velvet\n3) CANYON,humble")).toEqual([
    "orbit",
    "velvet",
    "canyon",
    "humble",
  ]);
  expect(splitWords("  ")).toEqual([]);
});

test("an address line that names no page opens none", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const read = readPageId(text);
      expect(read === undefined || /^[0-9a-f]{32}$/.test(read)).toBe(true);
    }),
  );
  expect(readPageId("0123456789abcdef0123456789abcdef")).toBe("0123456789abcdef0123456789abcdef");
  expect(readPageId("0123456789ABCDEF0123456789abcdef")).toBeUndefined();
});
