import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { idFrom, type SpaceId } from "../../shared/base/ids.ts";
import { ed25519Secret, x25519Secret, xwingSecret } from "../../shared/crypto/keys.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import {
  type Certificate,
  certificateMark,
  parseCertificate,
} from "../../shared/people/certificate.ts";
import { type Invitation, invitationLink, readInvitation } from "../../shared/people/invitation.ts";
import {
  type KeyringContent,
  parseKeyringContent,
  writeKeyringContent,
} from "../../shared/people/keyringContent.ts";
import { cleanName, isCleanName } from "../../shared/people/name.ts";
import { parsePairingMessage, writePairingMessage } from "../../shared/people/pairingMessages.ts";
import { type Couple, notebookSecret } from "../../shared/people/space.ts";
import { createManualClock } from "../support/manualClock.ts";
import { createMemoryWires } from "../support/memoryWire.ts";
import {
  inviteBy,
  makePerson,
  namedRandom,
  side,
  type TestPerson,
} from "../support/pairingPeople.ts";

const start = 1_767_225_600_000;

let mara: TestPerson;
let jonas: TestPerson;

beforeAll(async () => {
  await loadSodium();
  mara = makePerson("Mara");
  jonas = makePerson("Jonas");
});

const bytes = (length: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: length, maxLength: length });
const text = fc.string({ unit: "grapheme", maxLength: 60 });
const notebook = bytes(48).map(notebookSecret);

const anyCouple = (certificate: Certificate): fc.Arbitrary<Couple> =>
  fc.record({
    space: bytes(16).map((raw) => idFrom<SpaceId>(raw)),
    crk: bytes(32),
    epoch: fc.integer({ min: 0, max: 0xffff_ffff }),
    partner: fc.record({ name: text, certificate: fc.constant(certificate) }),
    notebooks: fc.record({ mine: notebook, theirs: notebook, ours: notebook }),
  });

const anyContent = (certificate: Certificate): fc.Arbitrary<KeyringContent> =>
  fc.record({
    name: text,
    role: fc.constantFrom("hurt", "broke", "both", "neither", ""),
    keys: fc.record({
      identity: bytes(32).map(ed25519Secret),
      ed25519: bytes(32).map(ed25519Secret),
      x25519: bytes(32).map(x25519Secret),
      xwing: bytes(32).map(xwingSecret),
    }),
    settings: fc
      .dictionary(fc.string({ maxLength: 12 }), fc.jsonValue({ maxDepth: 2 }), {
        noNullPrototype: true,
      })
      .map((value): KeyringContent["settings"] => JSON.parse(JSON.stringify(value))),
    couple: fc.option(anyCouple(certificate), { nil: undefined }),
  });

describe("a keyring's content", () => {
  test("is read exactly as it was written", () => {
    fc.assert(
      fc.property(anyContent(jonas.certificate), (content) => {
        expect(parseKeyringContent(writeKeyringContent(content))).toEqual({
          ok: true,
          value: content,
        });
      }),
      { numRuns: 40 },
    );
  });

  test("that was cut or lengthened is refused", () => {
    fc.assert(
      fc.property(
        anyContent(jonas.certificate),
        fc.nat(),
        fc.uint8Array({ minLength: 1, maxLength: 4 }),
        (content, at, more) => {
          const written = writeKeyringContent(content);
          expect(parseKeyringContent(written.subarray(0, at % written.length))).toMatchObject({
            code: "BAD_KEYRING",
          });
          expect(parseKeyringContent(Uint8Array.of(...written, ...more))).toMatchObject({
            code: "BAD_KEYRING",
          });
        },
      ),
    );
  });

  test("of a later version is refused as such, whatever follows", () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 255 }), fc.uint8Array(), (version, rest) => {
        expect(parseKeyringContent(Uint8Array.of(version, ...rest))).toMatchObject({
          code: "NEWER_KEYRING",
        });
      }),
    );
    expect(parseKeyringContent(Uint8Array.of(0))).toMatchObject({ code: "BAD_KEYRING" });
  });

  test("with settings that are no object, or with another partner's certificate bytes, is refused", () => {
    fc.assert(
      fc.property(anyContent(jonas.certificate), (content) => {
        for (const settings of [[], null, 3, "x"]) {
          const odd = { ...content, settings: settings as never };
          expect(parseKeyringContent(writeKeyringContent(odd))).toMatchObject({
            code: "BAD_KEYRING",
          });
        }
        if (content.couple === undefined) return;
        const damaged = writeKeyringContent(content);
        const inCertificate = damaged.length - 3 * 48 - 700;
        damaged[inCertificate] = (damaged[inCertificate] ?? 0) ^ 1;
        expect(parseKeyringContent(damaged)).toMatchObject({ code: "BAD_KEYRING" });
      }),
      { numRuns: 30 },
    );
  });

  test("that is random bytes never throws", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (raw) => {
        expect(parseKeyringContent(Uint8Array.of(1, ...raw)).ok).toBe(false);
      }),
    );
  });
});

describe("an invitation", () => {
  const clock = createManualClock(start);
  const anyInvitation: fc.Arbitrary<Invitation> = fc.record({
    expiresAt: fc.integer({ min: start + 1, max: start + 86_400_000 }),
    room: bytes(16),
    secret: bytes(32),
    inviter: bytes(16),
    meetingPoints: fc.array(
      fc
        .webUrl({ validSchemes: ["ws", "wss"], withQueryParameters: true, size: "small" })
        .filter((url) => url.length <= 200),
      { maxLength: 4 },
    ),
  });
  const read = (pasted: string) =>
    readInvitation(pasted, { clock, ownMark: certificateMark(jonas.certificate) });

  test("survives the way through a link, however a mail program breaks it", () => {
    fc.assert(
      fc.property(anyInvitation, fc.integer({ min: 5, max: 80 }), (invitation, width) => {
        const link = invitationLink(invitation);
        expect(read(link)).toEqual({ ok: true, value: invitation });
        expect(read(link.replace(new RegExp(`(.{${width}})`, "g"), "$1\r\n "))).toEqual({
          ok: true,
          value: invitation,
        });
      }),
    );
  });

  test("with one flipped bit in its code is refused", () => {
    fc.assert(
      fc.property(
        anyInvitation,
        fc.nat(102),
        fc.integer({ min: 1, max: 63 }),
        (invitation, at, change) => {
          const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
          const code = (
            invitationLink({ ...invitation, meetingPoints: [] }).split("#")[1] ?? ""
          ).split("");
          code[at] = alphabet[(alphabet.indexOf(code[at] ?? "A") ^ change) & 63] ?? "A";
          expect(read(`twofold://pair#${code.join("")}`)).toMatchObject({
            ok: false,
            code: "ALTERED",
          });
        },
      ),
    );
  });

  test("that is any text never throws and is never taken", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.webUrl(), fc.base64String()),
        (pasted) => {
          expect(read(pasted).ok).toBe(false);
          expect(read(`twofold://pair#${pasted}`).ok).toBe(false);
        },
      ),
    );
  });
});

test("cleaning a name once is enough, and gives something that may travel or nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (name) => {
      const clean = cleanName(name);
      expect(cleanName(clean)).toBe(clean);
      expect(isCleanName(clean)).toBe(clean !== "");
      expect([...clean].length).toBeLessThanOrEqual(80);
    }),
  );
});

test("a certificate that is random bytes is refused without a throw", () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), bytes(1376)), (raw) => {
      const withMagic = Uint8Array.of(0x54, 0x46, 0x43, 0x31, ...raw);
      expect(parseCertificate(withMagic)).toMatchObject({ ok: false, code: "BAD_CERTIFICATE" });
    }),
  );
});

test("a pairing message that is read is written back as the same bytes", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 40 }),
        fc
          .tuple(
            fc.constantFrom(...[1, 2, 3, 4, 5, 6, 7, 8, 15]),
            fc.constantFrom(0, 1, 16, 32, 1152, 410, 458),
          )
          .chain(([kind, length]) => bytes(length).map((rest) => Uint8Array.of(kind, ...rest))),
      ),
      (raw) => {
        const parsed = parsePairingMessage(raw);
        expect(parsed.ok ? writePairingMessage(parsed.value) : raw).toEqual(raw);
      },
    ),
    { numRuns: 500 },
  );
});

describe("random bytes", () => {
  test("injected at any moment of a pairing never throw, and nobody is left half-paired", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(18),
        fc.constantFrom("toLeft" as const, "toRight" as const),
        fc.array(
          fc.oneof(
            fc.uint8Array({ maxLength: 64 }),
            fc.uint8Array({ minLength: 1000, maxLength: 3000 }),
          ),
          { minLength: 1, maxLength: 3 },
        ),
        async (after, direction, junk) => {
          const clock = createManualClock(start);
          const invitation = inviteBy(mara, clock);
          const inviter = side("inviter", mara, invitation, clock, {
            random: namedRandom("fuzz i"),
          });
          const joiner = side("joiner", jonas, invitation, clock, {
            random: namedRandom("fuzz j"),
          });
          const wires = createMemoryWires();
          inviter.accept(wires.left);
          joiner.accept(wires.right);
          for (let quiet = 0; quiet < 20 && wires.delivered.length < after; quiet++) {
            if (wires.step()) quiet = 0;
            inviter.talk.confirm();
            joiner.talk.confirm();
            await Promise.resolve();
          }
          for (const raw of junk) wires.inject(direction, raw);
          for (let passed = 0; passed < 700; passed += 5) {
            await wires.settle();
            inviter.talk.confirm();
            joiner.talk.confirm();
            clock.advance(5_000);
          }
          const steps = [inviter.view().step, joiner.view().step];
          for (const step of steps) expect(["done", "ended"]).toContain(step);
          expect(steps[0]).toBe(steps[1]);
          expect(inviter.disk.held() !== undefined).toBe(steps[0] === "done");
          expect(joiner.disk.held() !== undefined).toBe(steps[1] === "done");
        },
      ),
      { numRuns: 60 },
    );
  });
});
