import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { accept, refuse } from "../../../shared/base/result.ts";
import { listenOnProfilePort, type TryPort } from "../../../scripts/shell/profilePort.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "twofold-ports-"));
});
afterEach(() => {
  rmSync(home, { recursive: true });
});

const taken = (...ports: number[]): TryPort<number> => {
  const held = new Set(ports);
  return async (port) => (held.has(port) ? refuse("PORT_TAKEN") : accept(port));
};
const listen = (profile: string, ...ports: number[]) =>
  listenOnProfilePort(home, profile, 47_100, taken(...ports));

test("the default profile has one port, and does not wander off when it is taken", async () => {
  expect(await listen("default")).toEqual({ ok: true, value: 47_100 });
  expect(await listen("default", 47_100)).toMatchObject({ code: "PORT_TAKEN", detail: "47100" });
});

test("another profile gets the first free port and keeps it when lower ones become free", async () => {
  expect(await listen("alex", 47_101, 47_102)).toEqual({ ok: true, value: 47_103 });
  expect(await listen("alex")).toEqual({ ok: true, value: 47_103 });
});

test("a remembered port that is taken is not exchanged for another", async () => {
  await listen("alex");
  expect(await listen("alex", 47_101)).toMatchObject({ code: "PORT_TAKEN", detail: "47101" });
});

test("a profile that is not open keeps its port from a new one", async () => {
  await listen("alex");
  expect(await listen("sam")).toEqual({ ok: true, value: 47_102 });
});

test("a damaged port file is as good as none", async () => {
  mkdirSync(join(home, "profile-alex"));
  writeFileSync(join(home, "profile-alex", "port"), "80\n");
  expect(await listen("alex")).toEqual({ ok: true, value: 47_101 });
});

test("when no port is free that is said", async () => {
  const all = Array.from({ length: 80 }, (_, index) => 47_100 + index);
  expect(await listen("alex", ...all)).toMatchObject({ code: "NO_PORT_FREE" });
});
