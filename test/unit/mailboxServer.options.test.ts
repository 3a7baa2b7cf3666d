import { join } from "node:path";
import { expect, test } from "vitest";
import { readOptions } from "../../server/options.ts";

const read = (args: readonly string[], env: Record<string, string> = {}, platform = "linux") =>
  readOptions({ args, env: { HOME: "/home/ada", ...env }, platform });

const folderOf = (...given: Parameters<typeof read>) => {
  const options = read(...given);
  return options.ok ? options.value.folder : options.code;
};

test("the mailbox lies where such things lie on this system, unless told otherwise", () => {
  expect(folderOf([])).toBe(join("/home/ada", ".local", "state", "twofold-server", "mailbox"));
  expect(folderOf([], { XDG_STATE_HOME: "/state" })).toBe(
    join("/state", "twofold-server", "mailbox"),
  );
  expect(folderOf([], { LOCALAPPDATA: "/appdata" }, "win32")).toBe(
    join("/appdata", "twofold-server", "mailbox"),
  );
  expect(folderOf([], { TWOFOLD_MAILBOX: "/srv/box" })).toBe("/srv/box");
  expect(folderOf(["--mailbox", "/here"], { TWOFOLD_MAILBOX: "/srv/box" })).toBe("/here");
  expect(folderOf(["--no-mailbox"], { TWOFOLD_MAILBOX: "/srv/box" })).toBeUndefined();
});

test("options and surroundings are read, the options first", () => {
  const env = {
    TWOFOLD_RENDEZVOUS_HOST: "0.0.0.0",
    TWOFOLD_RENDEZVOUS_PORT: "5000",
    TWOFOLD_CONNECTIONS: "24000",
    TWOFOLD_PROXY: "127.0.0.1, 10.0.0.0/8",
  };
  const options = read(["--port", "6000", "--metrics-open"], env);
  expect(options).toMatchObject({
    ok: true,
    value: { host: "0.0.0.0", port: 6_000, connections: 24_000, metricsOpen: true },
  });
  expect(options.ok && options.value.isProxy("10.1.2.3")).toBe(true);
  expect(read([])).toMatchObject({ value: { host: "127.0.0.1", port: 47_180 } });
});

test.each([
  ["--port", "70000"],
  ["--port", "x"],
  ["--host", ""],
  ["--mailbox", ""],
  ["--connections", "many"],
  ["--proxy", "example.org"],
  ["--unknown"],
  ["a word"],
])("%s %s is not understood", (...args) => {
  expect(read(args)).toMatchObject({ ok: false, code: "BAD_OPTIONS" });
});

test("help is given", () => {
  expect(read(["--help"])).toMatchObject({ ok: false, code: "HELP" });
});
