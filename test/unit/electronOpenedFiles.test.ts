import { execFileSync } from "node:child_process";
import {
  appendFile,
  mkdir,
  mkdtemp,
  open,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  unlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createOpenedFiles } from "../../electron/openedFiles.ts";
import { openedFilesAtOnce, type ArrivedFiles } from "../../shared/bridge/openedFiles.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "twofold-opened-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const begin = (listens = true) => {
  const sent: ArrivedFiles[] = [];
  const files = createOpenedFiles((arrived) => sent.push(arrived));
  if (listens) files.awaited();
  const names = () => sent.flatMap((arrived) => arrived.files).map(({ name }) => name);
  const ticketOf = (wanted: string): number =>
    sent.flatMap((arrived) => arrived.files).findLast(({ name }) => name === wanted)?.ticket ?? 0;
  return { sent, files, names, ticketOf };
};

const place = async (name: string, words: string | Uint8Array = name): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, words);
  return path;
};
const bytes = (words: string) => new TextEncoder().encode(words);
const badRequest = { ok: false, code: "BAD_REQUEST" };
const gone = { ok: false, code: "FILE_GONE" };

describe("files that are opened on the desktop", () => {
  test("wait until the page listens, and go to it by ticket and name: never by their place", async () => {
    const { sent, files, names } = begin(false);
    await files.arrive([await place("one.twofold")]);
    await files.arrive([await place("two.twofold")]);
    expect(sent).toEqual([]);
    files.awaited();
    expect(sent).toHaveLength(1);
    expect(names()).toEqual(["one.twofold", "two.twofold"]);
    expect(Object.keys(sent[0]?.files[0] ?? {}).toSorted()).toEqual(["name", "ticket"]);
    expect(JSON.stringify(sent)).not.toContain(folder);
    files.awaited();
    expect(sent).toHaveLength(1);
    await files.arrive([await place("three.twofold")]);
    expect(names()).toEqual(["one.twofold", "two.twofold", "three.twofold"]);
  });

  test("are found among the words of a command line, also as the addresses that Linux hands over", async () => {
    const { files, names } = begin();
    const first = await place("from Sam, 100 %.twofold");
    const second = await place("two.TWOFOLD");
    await files.arrive(["--profile", "sam", pathToFileURL(first).href, "--x=1", second]);
    expect(names()).toEqual(["from Sam, 100 %.twofold", "two.TWOFOLD"]);
  });

  test("are read piece by piece, and not before they were begun nor once they are done", async () => {
    const { files, ticketOf } = begin();
    await files.arrive([await place("one.twofold", "0123456789")]);
    const ticket = ticketOf("one.twofold");
    expect(await files.read(ticket, 0, 4)).toEqual(expect.objectContaining(badRequest));
    expect(await files.begin(ticket)).toEqual({ ok: true, value: 10 });
    expect(await files.begin(ticket)).toMatchObject(badRequest);
    expect(await files.read(ticket, 0, 4)).toEqual({ ok: true, value: bytes("0123") });
    expect(await files.read(ticket, 8, 4)).toEqual({ ok: true, value: bytes("89") });
    expect(await files.read(ticket, 12, 4)).toEqual({ ok: true, value: new Uint8Array() });
    expect(await files.read(ticket, 0, 1024 * 1024 + 1)).toMatchObject(badRequest);
    expect(await files.done(ticket)).toEqual({ ok: true, value: undefined });
    for (const late of [files.read(ticket, 0, 1), files.begin(ticket), files.done(ticket)])
      expect(await late).toMatchObject(badRequest);
  });

  test("are nobody's who guesses a ticket, nor anybody's before they were handed over", async () => {
    const { files } = begin(false);
    await files.arrive([await place("one.twofold")]);
    for (const ticket of [0, 1, 2, -1, 1.5, Number.NaN])
      for (const guess of [files.begin(ticket), files.read(ticket, 0, 1), files.done(ticket)])
        expect(await guess).toMatchObject(badRequest);
  });

  test("opened twice by an impatient hand are one; opened again when it is done, it is there again", async () => {
    const { files, names, ticketOf } = begin();
    const path = await place("one.twofold");
    await Promise.all([files.arrive([path]), files.arrive([path, path])]);
    expect(names()).toEqual(["one.twofold"]);
    await files.done(ticketOf("one.twofold"));
    await files.arrive([path]);
    expect(names()).toEqual(["one.twofold", "one.twofold"]);
  });

  test("wait again when the page is loaded anew; one that was being read is let go", async () => {
    const { sent, files, names, ticketOf } = begin();
    await files.arrive([await place("one.twofold"), await place("two.twofold")]);
    const begun = ticketOf("one.twofold");
    await files.begin(begun);
    files.pageGone();
    expect(await files.read(begun, 0, 1)).toMatchObject(badRequest);
    expect(await files.begin(ticketOf("two.twofold"))).toMatchObject(badRequest);
    sent.length = 0;
    files.awaited();
    expect(names()).toEqual(["two.twofold"]);
  });
});

describe("what is no file to open", () => {
  test.each([
    "one.twofold",
    "./one.twofold",
    "../one.twofold",
    "--one.twofold",
    "",
    "/",
    "//host/share/one.twofold",
    "\\\\host\\share\\one.twofold",
    "file://host/share/one.twofold",
    "file:///%00/one.twofold",
    "file:///%2Fhost/one.twofold",
    "file:one.twofold",
    "https://example.org/one.twofold",
    "/nowhere/at/all/one.twofold",
    "/etc/passwd",
    "/etc/passwd\0.twofold",
    `/${"a/".repeat(40_000)}one.twofold`,
  ])("%j is passed over", async (word) => {
    const { sent, files } = begin();
    await files.arrive([word]);
    expect(sent).toEqual([]);
  });

  test("a folder, a device, a pipe and a link to nothing are passed over, and none is waited for", async () => {
    const { sent, files, names } = begin();
    await mkdir(join(folder, "folder.twofold"));
    await symlink("/dev/zero", join(folder, "device.twofold"));
    await symlink(join(folder, "absent"), join(folder, "dangling.twofold"));
    await symlink(join(folder, "loop.twofold"), join(folder, "loop.twofold"));
    execFileSync("mkfifo", [join(folder, "pipe.twofold")]);
    const none = ["folder", "device", "dangling", "loop", "pipe"].map((name) =>
      join(folder, `${name}.twofold`),
    );
    await files.arrive(none);
    expect(sent).toEqual([]);
    await symlink(await place("real.twofold"), join(folder, "link.twofold"));
    await files.arrive([...none, join(folder, "link.twofold"), await place("holiday.jpg")]);
    expect(names()).toEqual(["link.twofold"]);
  });

  test("what takes a file's place after it was opened is not read: a pipe does not hold anything up", async () => {
    const { files, ticketOf } = begin();
    const paths = await Promise.all(
      ["pipe", "folder", "device", "absent"].map((name) => place(`${name}.twofold`)),
    );
    await files.arrive(paths);
    for (const path of paths) await unlink(path);
    execFileSync("mkfifo", [join(folder, "pipe.twofold")]);
    await mkdir(join(folder, "folder.twofold"));
    await symlink("/dev/zero", join(folder, "device.twofold"));
    for (const name of ["pipe", "folder", "device", "absent"]) {
      const ticket = ticketOf(`${name}.twofold`);
      expect(await files.begin(ticket)).toEqual(gone);
      expect(await files.read(ticket, 0, 1)).toEqual(gone);
      expect(await files.done(ticket)).toMatchObject({ ok: true });
    }
  });

  test("a file that grows is read to the end it had; one that becomes shorter is gone", async () => {
    const { files, ticketOf } = begin();
    const [grows, shrinks, moves] = await Promise.all(
      ["grows", "shrinks", "moves"].map((name) => place(`${name}.twofold`, "0123456789")),
    );
    if (grows === undefined || shrinks === undefined || moves === undefined) throw new Error();
    await files.arrive([grows, shrinks, moves]);
    for (const name of ["grows", "shrinks", "moves"])
      expect(await files.begin(ticketOf(`${name}.twofold`))).toEqual({ ok: true, value: 10 });
    await appendFile(grows, "more");
    expect(await files.read(ticketOf("grows.twofold"), 6, 100)).toEqual({
      ok: true,
      value: bytes("6789"),
    });
    await truncate(shrinks, 5);
    expect(await files.read(ticketOf("shrinks.twofold"), 2, 8)).toEqual(gone);
    // The one that was begun is read, whatever is called so by now.
    await rename(moves, join(folder, "elsewhere"));
    await writeFile(moves, "something else");
    expect(await files.read(ticketOf("moves.twofold"), 0, 10)).toEqual({
      ok: true,
      value: bytes("0123456789"),
    });
    for (const name of ["grows", "shrinks", "moves"]) await files.done(ticketOf(`${name}.twofold`));
  });

  test("ten gigabytes of nothing are read where they are asked for, and not before", async () => {
    const { files, ticketOf } = begin();
    const path = join(folder, "large.twofold");
    const handle = await open(path, "w");
    const size = 10 * 1024 ** 3;
    await handle.truncate(size);
    await handle.write(bytes("end"), 0, 3, size - 3);
    await handle.close();
    await files.arrive([path]);
    const ticket = ticketOf("large.twofold");
    expect(await files.begin(ticket)).toEqual({ ok: true, value: size });
    expect(await files.read(ticket, size - 3, 1024)).toEqual({ ok: true, value: bytes("end") });
    expect(await files.read(ticket, size, 1024)).toMatchObject({ value: new Uint8Array() });
    await files.done(ticket);
  });

  test("a name that turns or breaks the words around it is shown without that", async () => {
    const { files, names } = begin();
    const path = await place("letter\u202Efdp.\n\u2066x\u0007\u200F.twofold");
    await files.arrive([path]);
    const [name = ""] = names();
    expect(name).toBe("letter\uFFFDfdp.\uFFFD\uFFFDx\uFFFD\uFFFD.twofold");
    expect(await readFile(path, "utf8")).toContain("letter");
  });

  test("of a hundred at once so many come as have a ticket, and that there were more is said once", async () => {
    const { sent, files, names, ticketOf } = begin();
    const paths = await Promise.all(
      Array.from({ length: 100 }, (_, index) => place(`${index}.twofold`)),
    );
    await files.arrive(paths);
    expect(names()).toHaveLength(openedFilesAtOnce);
    expect(sent.map(({ more }) => more)).toEqual([true]);
    await files.arrive([paths[99] ?? ""]);
    expect(sent.at(-1)).toEqual({ files: [], more: true });
    for (const name of names()) await files.done(ticketOf(name));
    await files.arrive([paths[99] ?? ""]);
    expect(sent.at(-1)).toMatchObject({ files: [{ name: "99.twofold" }], more: false });
  });
});
