import { join } from "node:path";
import { expect, test } from "vitest";
import { readOptions } from "../../server/options.ts";

const files: Readonly<Record<string, string>> = {
  "/run/redis": "from a file\n",
  "/run/empty": "\n",
};

const read = (args: readonly string[], env: Record<string, string> = {}, platform = "linux") =>
  readOptions({
    args,
    env: { HOME: "/home/ada", ...env },
    platform,
    readText: (path) => files[path],
  });

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
  expect(read(["--mailbox-gib", "3"])).toMatchObject({ value: { mailboxBytes: 3 * 2 ** 30 } });
});

test.each([
  ["--port", "70000"],
  ["--port", "x"],
  ["--host", ""],
  ["--mailbox", ""],
  ["--connections", "many"],
  ["--mailbox-gib", "0"],
  ["--mailbox-gib", "much"],
  ["--proxy", "example.org"],
  ["--redis", "http://example.org"],
  ["--redis", "redis://"],
  ["--redis", "redis://example.org/one"],
  ["--unknown"],
  ["a word"],
])("%s %s is not understood", (...args) => {
  expect(read(args)).toMatchObject({ ok: false, code: "BAD_OPTIONS" });
});

test("Redis is named by an address, its password by the surroundings or a file", () => {
  const redisOf = (...given: Parameters<typeof read>) => {
    const options = read(...given);
    return options.ok ? options.value.redis : options.code;
  };
  expect(redisOf([])).toBeUndefined();
  expect(redisOf(["--redis", "redis://10.0.0.7"])).toEqual({
    host: "10.0.0.7",
    port: 6_379,
    username: "",
    password: "",
    database: 0,
    isSecure: false,
  });
  const env = { TWOFOLD_REDIS: "rediss://two:a%20b@[fd00::1]:7000/3" };
  const expected = { host: "fd00::1", port: 7_000, username: "two", database: 3, isSecure: true };
  expect(redisOf([], env)).toEqual({ ...expected, password: "a b" });
  expect(redisOf([], { ...env, TWOFOLD_REDIS_PASSWORD: "better" })).toEqual({
    ...expected,
    password: "better",
  });
  expect(redisOf([], { ...env, TWOFOLD_REDIS_PASSWORD_FILE: "/run/redis" })).toEqual({
    ...expected,
    password: "from a file",
  });
});

test.each([["/run/none"], ["/run/empty"]])(
  "a password file without a password (%s) is said, never taken for none",
  (file) => {
    const env = { TWOFOLD_REDIS_PASSWORD_FILE: file, TWOFOLD_REDIS_PASSWORD: "not this one" };
    expect(read(["--redis", "redis://two:nor-this@10.0.0.7"], env)).toMatchObject({
      ok: false,
      code: "PASSWORD_FILE",
    });
    expect(read([], env)).toMatchObject({ ok: true, value: { redis: undefined } });
  },
);

test("help is given", () => {
  expect(read(["--help"])).toMatchObject({ ok: false, code: "HELP" });
});
