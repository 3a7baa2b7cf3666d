import { sharedFileLimit, type SharedFiles } from "../../shared/base/files.ts";

/** Runs in Node and in a browser's page alike: no test runner, no Node, only `throw`. */
export type SharedFilesUnderTest = {
  readonly files: SharedFiles;
  /** The folder as another program sees it: what is in it by name, and how it lays a file there or changes it. */
  readonly names: () => Promise<readonly string[]>;
  readonly lay: (name: string, bytes: Uint8Array) => Promise<void>;
  readonly takeFolderAway: () => Promise<void>;
};

export type ContractCase = { readonly name: string; readonly run: () => Promise<void> };

const bytes = Uint8Array.of(1, 2, 3);
const badNames = [
  "",
  ".twofold",
  "letter.odt",
  "one.twofold.new",
  ".one.twofold",
  "..",
  "../one.twofold",
  "..\\one.twofold",
  "below/one.twofold",
  "/one.twofold",
  "C:one.twofold",
  "one.twofold:two.twofold",
  "one\u0000.twofold",
  "one\n.twofold",
  `${"a".repeat(248)}.twofold`,
  `${"é".repeat(124)}.twofold`,
];

export const sharedFilesContract = (
  make: () => Promise<SharedFilesUnderTest>,
): readonly ContractCase[] => [
  {
    name: "what was put is listed with its size, and read as it was",
    run: async () => {
      const { files } = await make();
      same(await files.put("one.twofold", bytes), { ok: true, value: undefined });
      same(must(await files.list()).map(sizes), [["one.twofold", 3]]);
      same([...must(await files.read("one.twofold"))], [1, 2, 3]);
    },
  },
  {
    name: "only the ending of a capsule is seen, however it is written",
    run: async () => {
      const { files, lay } = await make();
      for (const name of ["a.TWOFOLD", "b.twofold", "c.twofold.crswap", ".d.twofold", "e.txt"])
        await lay(name, bytes);
      same(
        must(await files.list())
          .map(({ name }) => name)
          .toSorted(),
        ["a.TWOFOLD", "b.twofold"],
      );
    },
  },
  {
    name: "names of people's programs are seen: conflicts, spaces, other scripts",
    run: async () => {
      const { files, lay } = await make();
      const names = [
        "one (Sam’s conflicted copy 2026-11-22).twofold",
        "one.sync-conflict-20261122-101500-ABCDEFG.twofold",
        "письмо 1.twofold",
      ];
      for (const name of names) await lay(name, bytes);
      same(
        must(await files.list())
          .map(({ name }) => name)
          .toSorted(),
        names.toSorted(),
      );
      for (const name of names) same([...must(await files.read(name))], [1, 2, 3]);
    },
  },
  {
    name: "nothing is put over a file that is there",
    run: async () => {
      const { files, lay } = await make();
      await lay("one.twofold", Uint8Array.of(9));
      same(codeOf(await files.put("one.twofold", bytes)), "BAD_REQUEST");
      same([...must(await files.read("one.twofold"))], [9]);
    },
  },
  {
    name: "a name that leads elsewhere, or is none of a capsule, is refused by every call",
    run: async () => {
      const { files, names } = await make();
      for (const name of badNames) {
        same(codeOf(await files.read(name)), "BAD_REQUEST", name);
        same(codeOf(await files.put(name, bytes)), "BAD_REQUEST", name);
        same(codeOf(await files.remove(name)), "BAD_REQUEST", name);
      }
      same(await names(), []);
    },
  },
  {
    name: "removing takes away that file alone, and is content where it is gone",
    run: async () => {
      const { files, names } = await make();
      must(await files.put("one.twofold", bytes));
      must(await files.put("two.twofold", bytes));
      must(await files.remove("one.twofold"));
      must(await files.remove("one.twofold"));
      same(await names(), ["two.twofold"]);
      same(codeOf(await files.read("one.twofold")), "FILE_GONE");
    },
  },
  {
    name: "a file that is too large is neither put nor read, one at the limit is",
    run: async () => {
      const { files, lay, names } = await make();
      const large = new Uint8Array(sharedFileLimit + 1);
      same(codeOf(await files.put("one.twofold", large)), "TOO_LARGE");
      same(await names(), []);
      await lay("two.twofold", large);
      same(codeOf(await files.read("two.twofold")), "TOO_LARGE");
      same(must(await files.list()).map(sizes), [["two.twofold", sharedFileLimit + 1]]);
      must(await files.put("three.twofold", large.subarray(1)));
      same(must(await files.read("three.twofold")).length, sharedFileLimit);
    },
  },
  {
    name: "a file that changed is told from the one before",
    run: async () => {
      const { files, lay } = await make();
      await lay("one.twofold", Uint8Array.of(1));
      const before = must(await files.list());
      same(must(await files.list()), before);
      await lay("one.twofold", Uint8Array.of(1, 2));
      const after = must(await files.list());
      if (JSON.stringify(after) === JSON.stringify(before)) throw new Error("not told");
    },
  },
  {
    name: "a folder that is gone is said to be, by every call",
    run: async () => {
      const { files, takeFolderAway } = await make();
      must(await files.put("one.twofold", bytes));
      await takeFolderAway();
      same(codeOf(await files.list()), "FOLDER_GONE");
      same(codeOf(await files.read("one.twofold")), "FOLDER_GONE");
      same(codeOf(await files.put("two.twofold", bytes)), "FOLDER_GONE");
      same(codeOf(await files.remove("one.twofold")), "FOLDER_GONE");
    },
  },
];

type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: string };

const must = <Value>(answer: Answer<Value>): Value => {
  if (!answer.ok) throw new Error(answer.code);
  return answer.value;
};
const codeOf = (answer: Answer<unknown>): string => (answer.ok ? "ok" : answer.code);

const sizes = ({ name, size }: { readonly name: string; readonly size: number }) => [name, size];

const same = (found: unknown, wanted: unknown, of = ""): void => {
  const [one, other] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (one !== other) throw new Error(`${of} ${one}, not ${other}`);
};
