import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Manifest } from "../../electron/updates/manifest.ts";
import { createUpdateMemory } from "../../electron/updates/memory.ts";
import { findPlaceFaults, releasePlace } from "../../electron/updates/releasePlace.ts";
import { createUpdates } from "../../electron/updates/updates.ts";
import { createUpdateWire } from "../../electron/updates/wire.ts";
import { publicPart } from "../../scripts/releasing/signing.mjs";
import {
  aManifest,
  fakeInstaller,
  makeKey,
  memoryInMemory,
  openHost,
  releaseAddress,
  signed,
  updatesOf,
} from "../electron/releaseKit.ts";
import { createStandInSession } from "../electron/standInSession.ts";
import { createManualClock } from "../support/manualClock.ts";

const week = 7 * 24 * 3_600_000;
const keys = [makeKey(), makeKey()] as const;
let body: Buffer = signed(keys[0]);
let host: Awaited<ReturnType<typeof openHost>>;
let folder = "";
beforeEach(async () => {
  body = signed(keys[0]);
  host = await openHost((_request, response) => response.end(body));
  folder = await mkdtemp(join(tmpdir(), "twofold-updates-"));
});
afterEach(async () => {
  await host.close();
  await rm(folder, { recursive: true, force: true });
});

/** Lets what a timer has begun come to its end, however many steps it takes. */
const until = async (reached: () => boolean): Promise<void> => {
  while (!reached()) await new Promise((next) => setImmediate(next));
};

describe("a build without a release address", () => {
  test("says so, keeps no switch, and contacts nobody however long it runs", async () => {
    const clock = createManualClock();
    const updates = createUpdates({
      place: undefined,
      version: "1.2.0",
      wire: host.wire,
      memory: memoryInMemory({ weekly: true }),
      installer: fakeInstaller(),
      clock,
    });
    clock.advance(10 * week);
    expect(await updates.facts()).toEqual({ host: undefined, weekly: false, offer: undefined });
    expect(await updates.look()).toEqual({ ok: false, code: "NO_RELEASE_PLACE" });
    expect(await updates.lookWeekly(true)).toEqual({ ok: false, code: "NO_RELEASE_PLACE" });
    expect(await updates.bring()).toEqual({ ok: false, code: "NO_RELEASE_PLACE" });
    expect(await updates.install()).toEqual({ ok: false, code: "NOTHING_OFFERED" });
    expect(host.asked).toEqual([]);
    expect(clock.waiting()).toBe(0);
  });

  test("what is built in is nothing, or an https folder with two different keys", () => {
    expect(releasePlace === undefined ? [] : findPlaceFaults(releasePlace)).toEqual([]);
  });

  test("an address or a key that would not do is caught before it is built in", () => {
    const good = {
      address: releaseAddress,
      channel: "stable",
      keys: keys.map(publicPart),
    } as const;
    expect(findPlaceFaults(good)).toEqual([]);
    for (const address of [
      "http://releases.example.org/twofold/",
      "https://releases.example.org/twofold",
      "https://someone@releases.example.org/",
      "https://releases.example.org/?a=/",
    ])
      expect(findPlaceFaults({ ...good, address })).toEqual(["address"]);
    const [key = ""] = good.keys;
    expect(findPlaceFaults({ ...good, keys: [key] })).toContain("two keys");
    expect(findPlaceFaults({ ...good, keys: [key, key] })).toContain("two keys");
    expect(findPlaceFaults({ ...good, keys: [key, key.slice(4)] })).toContain("key");
  });
});

describe("looking for a newer version", () => {
  test("happens when a person asks, with one request, and names what there is", async () => {
    const updates = updatesOf({ wire: host.wire, keys });
    expect(await updates.facts()).toEqual({
      host: "releases.example.org",
      weekly: false,
      offer: undefined,
    });
    expect(host.asked).toEqual([]);
    const offer = { version: "1.3.0", date: "2026-11-20", size: 28, way: "here" };
    expect(await updates.look()).toEqual({ ok: true, value: offer });
    expect(host.asked).toEqual(["/twofold/twofold-release.json"]);
    expect((await updates.facts()).offer).toEqual(offer);
  });

  test("never happens by itself unless that was chosen", async () => {
    const clock = createManualClock(1_000 * week);
    updatesOf({ wire: host.wire, keys, clock });
    for (let hours = 0; hours < 24 * 30; hours += 6) clock.advance(6 * 3_600_000);
    await new Promise((next) => setImmediate(next));
    expect(host.asked).toEqual([]);
  });

  test("once chosen, happens once a week and tells the window when there is something", async () => {
    const clock = createManualClock(1_000 * week);
    body = signed(keys[0], { version: "1.2.0" });
    const updates = updatesOf({ wire: host.wire, keys, clock });
    let told = 0;
    updates.onChange(() => told++);
    expect(await updates.lookWeekly(true)).toEqual({ ok: true, value: undefined });
    clock.advance(60_000);
    await until(() => host.asked.length === 1);
    await updates.look();
    expect(host.asked.length).toBeLessThanOrEqual(2);
    const before = host.asked.length;
    clock.advance(week - 6 * 3_600_000);
    await new Promise((next) => setImmediate(next));
    expect(host.asked.length).toBe(before);
    expect(told).toBe(0);
    body = signed(keys[0], { version: "1.4.0" });
    clock.advance(6 * 3_600_000);
    await until(() => told === 1);
    expect((await updates.facts()).offer?.version).toBe("1.4.0");
    updates.dispose();
    expect(clock.waiting()).toBe(0);
  });

  test("the newest version is said to be the newest", async () => {
    const updates = updatesOf({ wire: host.wire, keys, version: "1.3.0" });
    expect(await updates.look()).toEqual({ ok: true, value: undefined });
    expect(await updates.bring()).toEqual({ ok: false, code: "NOTHING_OFFERED" });
  });

  test("either of the two keys is enough, so that losing one strands nobody", async () => {
    body = signed(keys[1]);
    expect((await updatesOf({ wire: host.wire, keys }).look()).ok).toBe(true);
  });

  test("an installation that belongs to the system's packages is only told", async () => {
    const installer = { ...fakeInstaller(), file: undefined };
    const updates = updatesOf({ wire: host.wire, keys, installer });
    expect(await updates.look()).toMatchObject({ value: { way: "system", size: 0 } });
    expect(await updates.bring()).toEqual({ ok: false, code: "NOTHING_OFFERED" });
  });

  test("a version that needs another one in between says so and is not brought", async () => {
    body = signed(keys[0], { least: "1.2.1" });
    const updates = updatesOf({ wire: host.wire, keys });
    expect(await updates.look()).toMatchObject({ value: { way: "between" } });
    expect(await updates.bring()).toEqual({ ok: false, code: "NOTHING_OFFERED" });
  });

  test("what is brought is the signed file at the release address, and nothing before that was asked", async () => {
    const installer = fakeInstaller();
    const updates = updatesOf({ wire: host.wire, keys, installer });
    await updates.look();
    expect(installer.wanted).toEqual([]);
    expect(await updates.install()).toEqual({ ok: false, code: "NOTHING_OFFERED" });
    expect(await updates.bring()).toEqual({ ok: true, value: undefined });
    expect(installer.wanted.map(({ address, file }) => ({ address, file }))).toEqual([
      { address: `${releaseAddress}${aManifest().files[0]?.name}`, file: aManifest().files[0] },
    ]);
    expect((await updates.facts()).offer?.way).toBe("brought");
    expect(await updates.install()).toEqual({ ok: true, value: undefined });
  });
});

describe("what a hostile release host says is refused", () => {
  const look = (part: Partial<Parameters<typeof updatesOf>[0]> = {}) =>
    updatesOf({ wire: host.wire, keys, ...part }).look();
  const refused = (detail: string) => ({ ok: false, code: "RELEASE_REFUSED", detail });

  test("a key that is not ours", async () => {
    body = signed(makeKey());
    expect(await look()).toEqual(refused("signature"));
  });

  test("one changed bit anywhere in what was signed, or in the signature", async () => {
    const good = JSON.parse(body.toString()) as { manifest: string; signatures: [string] };
    const flip = (text: string, place: number) => {
      const bytes = Buffer.from(text, "base64url");
      bytes[place] = (bytes[place] ?? 0) ^ 1;
      return bytes.toString("base64url");
    };
    const length = Buffer.from(good.manifest, "base64url").length;
    for (const place of [0, 1, Math.floor(length / 2), length - 1]) {
      body = Buffer.from(JSON.stringify({ ...good, manifest: flip(good.manifest, place) }));
      expect(await look()).toEqual(refused("signature"));
    }
    for (const place of [0, 31, 32, 63]) {
      const signatures = [flip(good.signatures[0], place)];
      body = Buffer.from(JSON.stringify({ ...good, signatures }));
      expect(await look()).toEqual(refused("signature"));
    }
  });

  test("a signature of ours over the same bytes without the release's own label", async () => {
    const { sign } = await import("node:crypto");
    const bytes = Buffer.from(JSON.stringify(aManifest()));
    const signature = sign(null, bytes, keys[0]).toString("base64url");
    body = Buffer.from(
      JSON.stringify({ manifest: bytes.toString("base64url"), signatures: [signature] }),
    );
    expect(await look()).toEqual(refused("signature"));
  });

  test("a truncated file, an empty one, one that is no JSON", async () => {
    for (const text of [
      body.subarray(0, body.length - 9),
      Buffer.alloc(0),
      Buffer.from("<html>"),
    ]) {
      body = text;
      expect(await look()).toEqual(refused("file"));
    }
  });

  test("an older manifest than this computer has seen, also when it is newer than what runs", async () => {
    const memory = memoryInMemory();
    body = signed(keys[0], { version: "1.5.0" });
    expect((await look({ memory })).ok).toBe(true);
    body = signed(keys[0], { version: "1.4.9" });
    expect(await look({ memory })).toEqual({ ok: false, code: "RELEASE_OLD" });
  });

  test("a downgrade", async () => {
    for (const version of ["1.1.9", "0.9.0", "1.2.0-beta.4"]) {
      body = signed(keys[0], { version, channel: "early" });
      const place = { channel: "early" } as const;
      expect(await look({ place })).toEqual({ ok: false, code: "RELEASE_OLD" });
    }
  });

  test("a second manifest under a number that was seen", async () => {
    const memory = memoryInMemory();
    expect((await look({ memory })).ok).toBe(true);
    body = signed(keys[0], { date: "2026-11-21" });
    expect(await look({ memory })).toEqual(refused("signed twice"));
  });

  test("another channel, and what is not finished under the name of what is", async () => {
    body = signed(keys[0], { channel: "early" });
    expect(await look()).toEqual(refused("channel"));
    body = signed(keys[0], { version: "1.3.0-beta.1" });
    expect(await look()).toEqual(refused("version"));
  });

  test("versions that are not semantic versions", async () => {
    for (const version of [
      "1.3",
      "v1.3.0",
      "1.3.0.1",
      "01.3.0",
      "1.3.0+build",
      "",
      "9".repeat(70),
    ]) {
      body = signed(keys[0], { version });
      expect(await look()).toEqual(refused("manifest"));
    }
  });

  test("names that lead elsewhere, sizes and hashes out of shape, a name twice", async () => {
    const [file] = aManifest().files;
    if (file === undefined) throw new Error("the kit has a file");
    const strange: Partial<Manifest["files"][number]>[] = [
      { name: "../other" },
      { name: "https:evil.example" },
      { name: "a/b" },
      { name: ".hidden" },
      { size: 0 },
      { size: 2 ** 40 },
      { sha512: "AAAA" },
    ];
    for (const change of strange) {
      body = signed(keys[0], { files: [{ ...file, ...change }] });
      expect(await look()).toEqual(refused("manifest"));
    }
    body = signed(keys[0], { files: [file, file] });
    expect(await look()).toEqual(refused("names"));
    body = signed(keys[0], { files: [] });
    expect(await look()).toEqual(refused("manifest"));
  });

  test("fields that nobody knows", async () => {
    body = signed(keys[0], { run: "rm" } as Partial<Manifest>);
    expect(await look()).toEqual(refused("manifest"));
  });

  test("a huge manifest, said or unsaid, is not read to its end", async () => {
    await host.close();
    let sent = 0;
    host = await openHost((_request, response) => {
      const more = () => {
        while (!response.destroyed && sent < 50_000_000) {
          sent += 65_536;
          if (!response.write(Buffer.alloc(65_536, 32))) return void response.once("drain", more);
        }
        response.end();
      };
      more();
    });
    expect(await look()).toEqual(refused("size"));
    expect(sent).toBeLessThan(50_000_000);
    await host.close();
    host = await openHost((_request, response) => {
      response.setHeader("content-length", 10_000_000);
      response.write("{");
    });
    expect(await look()).toEqual(refused("size"));
  });

  test("a redirect, to another host or another place of this one", async () => {
    await host.close();
    host = await openHost((_request, response) => {
      response.writeHead(302, { location: "/twofold/other.json" }).end();
    });
    expect(await look()).toMatchObject({ ok: false, code: "NOT_REACHED" });
    expect(host.asked).toEqual(["/twofold/twofold-release.json"]);
    const moved = async () => {
      const response = new Response(new Uint8Array(body));
      Object.defineProperty(response, "url", { value: "https://evil.example/release.json" });
      return response;
    };
    expect(await look({ wire: moved })).toEqual(refused("elsewhere"));
  });

  test("http in the place of https: nothing is asked at all", async () => {
    const place = { address: "http://releases.example.org/twofold/" };
    expect(await look({ place })).toEqual(refused("address"));
    expect(host.asked).toEqual([]);
  });

  test("a host that lets its words drip is left, by our clock and not by its patience", async () => {
    await host.close();
    host = await openHost((_request, response) => {
      response.write('{"manifest":"');
    });
    const clock = createManualClock();
    const looking = look({ clock });
    await until(() => host.asked.length === 1);
    clock.advance(20_001);
    expect(await looking).toMatchObject({ ok: false, code: "NOT_REACHED" });
  });

  test("no answer, and an answer that is none", async () => {
    const wire = () => Promise.reject(new Error("no network"));
    expect(await look({ wire })).toEqual({ ok: false, code: "NOT_REACHED" });
    await host.close();
    host = await openHost((_request, response) => response.writeHead(404).end("gone"));
    expect(await look()).toMatchObject({ ok: false, code: "NOT_REACHED" });
  });
});

describe("the wire", () => {
  const listen = () => {
    const session = createStandInSession();
    const seen = {
      agent: "",
      during: [] as string[],
      options: undefined as RequestInit | undefined,
    };
    Object.assign(session.emitter, {
      setUserAgent: (agent: string) => {
        seen.agent = agent;
      },
      fetch: async (address: string, options: RequestInit) => {
        seen.options = options;
        seen.during = [
          session.requests(address),
          session.requests("https://evil.example/"),
          session.requests("http://releases.example.org/twofold/"),
          session.requests("https://releases.example.org.evil.example/"),
        ];
        return new Response("");
      },
    });
    return { session, seen, wire: createUpdateWire(session.session, releaseAddress) };
  };

  test("lets one host through, for the length of a request, and is shut before and after", async () => {
    const { session, seen, wire } = listen();
    expect(session.requests(releaseAddress)).toBe("cancelled");
    await wire(`${releaseAddress}a`, new AbortController().signal);
    expect(seen.during).toEqual(["sent", "cancelled", "cancelled", "cancelled"]);
    expect(session.requests(releaseAddress)).toBe("cancelled");
  });

  test("follows nothing, brings no cookies, and says neither version nor system", async () => {
    const { seen, wire } = listen();
    await wire(releaseAddress, new AbortController().signal);
    expect(seen.options).toMatchObject({ redirect: "error", credentials: "omit" });
    expect(seen.agent).toBe("Twofold");
  });
});

describe("what is remembered", () => {
  test("comes back after a restart, and a switch does not wipe out the highest version", async () => {
    const path = join(folder, "updates.json");
    const first = createUpdateMemory(path);
    const highest = { version: "1.4.0", digest: "a".repeat(64) };
    await Promise.all([first.change({ highest }), first.change({ weekly: true })]);
    expect(await createUpdateMemory(path).read()).toEqual({ weekly: true, lookedAt: 0, highest });
    expect((await readFile(path, "utf8")).startsWith("{")).toBe(true);
  });

  test("a damaged file switches nothing on", async () => {
    const path = join(folder, "updates.json");
    for (const text of ["", "{", '{"weekly":true}', '{"weekly":1,"lookedAt":0,"highest":null}']) {
      await writeFile(path, text);
      expect(await createUpdateMemory(path).read()).toMatchObject({ weekly: false, highest: null });
    }
  });

  test("where it cannot be written, nothing is offered", async () => {
    const memory = createUpdateMemory(join(folder, "not", "there", "updates.json"));
    const updates = updatesOf({ wire: host.wire, keys, memory });
    expect(await updates.look()).toEqual({ ok: false, code: "DISK_FAILED" });
    expect((await updates.facts()).offer).toBeUndefined();
  });
});
