import { describe, expect, test } from "vitest";
import { openZip, zipBounds } from "../../shared/archive/zip.ts";
import { u32, utf8 } from "../../shared/base/bytes.ts";
import { must } from "../support/twoPartners.ts";
import { sourceOf, zipOf } from "../support/zipFiles.ts";

const little = (value: number, length: number): number[] =>
  Array.from({ length }, (_, index) => Math.floor(value / 256 ** index) % 256);

type Raw = {
  readonly name: string;
  readonly data: Uint8Array;
  readonly says?: number;
  readonly offset?: number;
  readonly method?: number;
  readonly crc?: number;
};

/** By hand, so that it can say what no app would say. */
const rawZip = (files: readonly Raw[], count = files.length): Uint8Array => {
  const bytes: number[] = [];
  const central: number[] = [];
  for (const { name, data, says = data.length, offset, method = 0, crc = crc32(data) } of files) {
    const common = [
      ...little(0x0800, 2),
      ...little(method, 2),
      ...little(0, 2),
      ...little(0x5c64, 2),
      ...little(crc, 4),
      ...little(data.length, 4),
      ...little(says, 4),
      ...little(utf8(name).length, 2),
      ...little(0, 2),
    ];
    const at = offset ?? bytes.length;
    if (offset === undefined)
      bytes.push(0x50, 0x4b, 3, 4, ...little(20, 2), ...common, ...utf8(name), ...data);
    central.push(0x50, 0x4b, 1, 2, ...little(20, 2), ...little(20, 2), ...common);
    central.push(...little(0, 2), ...little(0, 2), ...little(0, 2), ...little(0, 4));
    central.push(...little(at, 4), ...utf8(name));
  }
  const end = [0x50, 0x4b, 5, 6, 0, 0, 0, 0, ...little(count, 2), ...little(count, 2)];
  return Uint8Array.from([
    ...bytes,
    ...central,
    ...end,
    ...little(central.length, 4),
    ...little(bytes.length, 4),
    0,
    0,
  ]);
};

const crc32 = (data: Uint8Array): number => {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
};

const open = (bytes: Uint8Array) => openZip(sourceOf("a.zip", bytes));
const codeOf = async (bytes: Uint8Array): Promise<string> => {
  const result = await open(bytes);
  return result.ok ? "ok" : result.code;
};
const hello = utf8("hello");

describe("an archive", () => {
  test.each([{ level: 0 }, { level: 9 }, { zip64: true }])(
    "is read file by file, however it was packed (%o)",
    async (options) => {
      const zip = await zipOf({ "a.md": "one", "b/ü 🙂.md": "two".repeat(999) }, options);
      const files = must(await open(zip));
      expect(files.map(({ path }) => path)).toEqual(["a.md", "b/ü 🙂.md"]);
      expect(must(await (files[1]?.read(9_999) ?? Promise.reject()))).toEqual(
        utf8("two".repeat(999)),
      );
      expect(must(await (files[0]?.read(9_999) ?? Promise.reject()))).toEqual(utf8("one"));
      expect(files[0]?.modifiedAt).toBe(new Date(2026, 2, 4, 12).getTime());
    },
  );

  test("is never held in memory as a whole", async () => {
    const large = new Uint8Array(8 * 1024 ** 2).map((_, index) => (index * 2_654_435_761) >>> 13);
    const source = sourceOf("a.zip", await zipOf({ "video.mov": large, "a.md": "x" }));
    const files = must(await openZip(source));
    must(await (files.find(({ path }) => path === "a.md")?.read(9) ?? Promise.reject()));
    expect(source.mostRead()).toBeLessThan(512 * 1024);
  });

  test("made by hand is read as well: the tool of these tests is right", async () => {
    const files = must(await open(rawZip([{ name: "a.md", data: hello }])));
    expect(must(await (files[0]?.read(99) ?? Promise.reject()))).toEqual(hello);
  });

  test.each([
    "../a.md",
    "a/../../b.md",
    "/etc/a.md",
    "\\\\server\\a.md",
    "a\\b.md",
    "C:/a.md",
    "a//b.md",
    "./a.md",
    "a\u0000.md",
    "",
  ])("with a name that leads out of it (%j) is refused", async (name) => {
    expect(await codeOf(rawZip([{ name, data: hello }]))).toBe("ZIP_UNSAFE");
  });

  test("with two files of one name is refused, also where it is spelt in two ways", async () => {
    const two = (one: string, other: string) =>
      codeOf(
        rawZip([
          { name: one, data: hello },
          { name: other, data: hello },
        ]),
      );
    expect(await two("a.md", "a.md")).toBe("ZIP_UNSAFE");
    expect(await two("é.md", "e\u0301.md")).toBe("ZIP_UNSAFE");
    expect(await two("a.md", "A.md")).toBe("ok");
  });

  test("that is encrypted is refused, even where only one file is", async () => {
    expect(await codeOf(await zipOf({ "a.md": "x" }, { password: "secret" }))).toBe(
      "ZIP_ENCRYPTED",
    );
  });

  test("of another kind, empty, or cut short is refused", async () => {
    const whole = await zipOf({ "a.md": "hello".repeat(99) });
    expect(await codeOf(utf8("# Not a zip, only words that go on for a while"))).toBe("NOT_A_ZIP");
    expect(await codeOf(new Uint8Array())).toBe("NOT_A_ZIP");
    for (let length = 4; length < whole.length; length += 7)
      expect(await codeOf(whole.subarray(0, length))).toBe("ZIP_DAMAGED");
  });

  test("whose file is gone while it is read says so", async () => {
    const zip = await zipOf({ "a.md": new Uint8Array(400_000).fill(7) }, { level: 0 });
    expect(await openZip(sourceOf("a.zip", zip, 10))).toMatchObject({ code: "FILE_GONE" });
    const files = must(await openZip(sourceOf("a.zip", zip, 200_000)));
    expect(await files[0]?.read(999_999)).toMatchObject({ ok: false, code: "FILE_GONE" });
  });
});

describe("an archive that was made to do harm", () => {
  test("with files that lie upon each other is refused before anything is unpacked", async () => {
    const first = { name: "a.md", data: hello };
    expect(await codeOf(rawZip([first, { ...first, name: "b.md", offset: 0 }]))).toBe(
      "ZIP_DAMAGED",
    );
    expect(await codeOf(rawZip([first, { ...first, name: "b.md", offset: 9 }]))).toBe(
      "ZIP_DAMAGED",
    );
  });

  test("that unpacks to far more than it is, is refused by what it says", async () => {
    const bomb = await zipOf({ "a.md": new Uint8Array(64 * 1024 ** 2) });
    expect(bomb.length).toBeLessThan(100_000);
    expect(await codeOf(bomb)).toBe("ZIP_TOO_LARGE");
  });

  test("that says less than it unpacks to is stopped where it goes beyond", async () => {
    const honest = await zipOf({ "a.md": new Uint8Array(900_000) });
    const lying = honest.slice();
    const view = new DataView(lying.buffer);
    for (let at = 0; at < lying.length - 4; at++)
      if (view.getUint32(at, true) === 900_000) view.setUint32(at, 1_000, true);
    const files = await open(lying);
    const read = files.ok ? await files.value[0]?.read(9_999_999) : files;
    expect(read).toMatchObject({ ok: false });
  });

  test("with a wrong checksum is not believed", async () => {
    const files = must(await open(rawZip([{ name: "a.md", data: hello, crc: 1 }])));
    expect(await files[0]?.read(99)).toMatchObject({ ok: false, code: "FILE_DAMAGED" });
  });

  test("packed in a way that nobody knows is not unpacked", async () => {
    const files = must(await open(rawZip([{ name: "a.md", data: hello, method: 14 }])));
    expect(await files[0]?.read(99)).toMatchObject({ ok: false, code: "FILE_DAMAGED" });
  });

  test("with more files than anyone has written is refused", async () => {
    const name = (index: number) => ({ name: `${index}`, data: new Uint8Array() });
    const many = rawZip(Array.from({ length: 40 }, (_, index) => name(index)));
    expect(await codeOf(many)).toBe("ok");
    expect(await codeOf(rawZip([name(0)], 60_000))).toBe("ZIP_DAMAGED");
    const beyond = Array.from({ length: zipBounds.files + 1 }, (_, index) => name(index));
    expect(await codeOf(rawZip(beyond, beyond.length % 65_536))).toBe("ZIP_TOO_MANY");
  });

  test("that asks for a list longer than it is, takes no memory for it", async () => {
    const zip = rawZip([{ name: "a.md", data: hello }]);
    zip.set([...u32(0x7fffff0f)].toReversed(), zip.length - 10);
    expect(await codeOf(zip)).not.toBe("ok");
  });

  test("larger than a file may be is refused before it is unpacked", async () => {
    const files = must(await open(await zipOf({ "a.md": "x".repeat(99_999) })));
    expect(await files[0]?.read(99_998)).toMatchObject({ ok: false, code: "FILE_TOO_LARGE" });
  });
});
