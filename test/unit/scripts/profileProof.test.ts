import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openShell } from "../../../scripts/shell/main.ts";
import { newChallenge, openProfileProof } from "../../../scripts/shell/profileProof.ts";
import { findFreePorts } from "../../support/startProcess.ts";

let home: string;
let listening: Server | undefined;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "twofold-proof-"));
  mkdirSync(join(home, "dist", "renderer"), { recursive: true });
  writeFileSync(join(home, "dist", "renderer", "index.html"), "<!doctype html>");
});
afterEach(async () => {
  await new Promise<void>((closed) => {
    if (listening === undefined) closed();
    else listening.close(() => closed());
  });
  listening = undefined;
  rmSync(home, { recursive: true, force: true });
});

const shellAt = (firstPort: number) =>
  openShell({
    dist: join(home, "dist"),
    home,
    profile: "default",
    version: "1.0.0",
    firstPort,
    rendezvousPort: firstPort + 1,
    lan: false,
    log: () => undefined,
  });

test("only who can read the profile's folder can answer its challenge", () => {
  const folder = join(home, "profile-default");
  const proof = openProfileProof(folder);
  const challenge = newChallenge();
  expect(openProfileProof(folder).isAnswer(challenge, proof.answer(challenge))).toBe(true);
  expect(proof.isAnswer(newChallenge(), proof.answer(challenge))).toBe(false);
  const stranger = openProfileProof(join(home, "profile-stranger"));
  expect(proof.isAnswer(challenge, stranger.answer(challenge))).toBe(false);
  expect(proof.isAnswer(challenge, undefined)).toBe(false);
  expect(proof.isAnswer(challenge, "")).toBe(false);
});

test.skipIf(process.platform === "win32")("no other account can read what answers", () => {
  const folder = join(home, "profile-default");
  openProfileProof(folder);
  expect(statSync(join(folder, "shell-secret")).mode & 0o777).toBe(0o600);
});

test("a profile that is open already is known by its answer", async () => {
  const port = await findFreePorts(2);
  const first = await shellAt(port);
  expect(first).toMatchObject({ ok: true });
  expect(await shellAt(port)).toMatchObject({ ok: false, code: "ALREADY_OPEN" });
  if (first.ok) await first.value.stop();
});

test("a program that only says it is this profile's Twofold is taken for a stranger on the port", async () => {
  const port = await findFreePorts(2);
  const impostor = createServer((_, response) => {
    response.setHeader("Content-Type", "application/json");
    response.end(
      JSON.stringify({
        facts: { kind: "browser", platform: "linux", version: "1.0.0", profile: "default" },
        rendezvous: [],
        proof: "00".repeat(32),
      }),
    );
  });
  listening = impostor;
  await new Promise<void>((ready) => impostor.listen(port, "127.0.0.1", ready));
  expect(await shellAt(port)).toMatchObject({ ok: false, code: "PORT_TAKEN" });
});
