import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { bundleServer, spawnServer, type Bundle } from "./mailboxServer.bundle.ts";
import {
  enterRaw,
  filesIn,
  inventEnvelope,
  inventKey,
  makeFolder,
  openPartner,
  putUpdate,
  readIn,
} from "./mailboxServer.harness.ts";
import { inventCouple, messages } from "./mailboxServer.wire.ts";
import { eventually } from "./server.harness.ts";

let bundle: Bundle | undefined;
beforeAll(async () => {
  bundle = await bundleServer();
}, 60_000);
afterAll(() => bundle?.remove());

const start = async (...args: string[]) => {
  const server = spawnServer(bundle?.main ?? "", ["--port", "0", ...args]);
  onTestFinished(async () => {
    server.child.kill("SIGKILL");
    await server.ended;
  });
  const address = await server.address;
  return { ...server, address: `${address}/mailbox` };
};

test("the server as it is built keeps what was put in a moment before it was told to end", async () => {
  const folder = await makeFolder();
  const couple = inventCouple();
  const first = await start("--mailbox", folder);
  const one = openPartner(first.address, couple.box(), couple.token);
  await one.synced;
  one.envelopes.set(inventKey(1), inventEnvelope());
  await one.taken();
  first.child.kill("SIGTERM");
  expect(await first.ended).toBe(0);
  await one.close();

  const second = await start("--mailbox", folder);
  const other = openPartner(second.address, couple.box(), couple.token);
  await other.synced;
  expect([...other.envelopes.keys()]).toEqual([inventKey(1)]);
  expect(first.said() + second.said()).not.toContain(couple.couple);
});

test("killed while it writes, it serves what it had, whole", async () => {
  const folder = await makeFolder();
  const couple = inventCouple();
  const first = await start("--mailbox", folder);
  const one = await enterRaw(first.address, couple);
  one.say(messages.update(couple.box(), putUpdate(1)));
  await eventually(async () => expect((await filesIn(folder)).join()).toMatch(/[\w-]{22}$/));
  for (let index = 1; index <= 10; index++)
    one.say(messages.update(couple.box(), putUpdate(1, 1_000_000, index)));
  one.socket.close();
  const [path = ""] = await filesIn(folder);
  await eventually(async () => {
    const isWriting = (await filesIn(folder)).includes(`${path}.new`);
    expect(isWriting || (await readIn(folder, path)).length > 1_000_000).toBe(true);
  });
  first.child.kill("SIGKILL");
  await first.ended;

  const second = await start("--mailbox", folder);
  const reader = openPartner(second.address, couple.box(), couple.token);
  await reader.synced;
  expect([1, 11]).toContain(reader.envelopes.size);
  await eventually(async () => expect(await filesIn(folder)).toHaveLength(1));
});

test("without a mailbox it starts all the same", async () => {
  const server = await start("--no-mailbox");
  expect(server.said()).toContain("Twofold can meet at ws://127.0.0.1:");
  expect(server.said()).not.toContain("serves as a mailbox");
});

test("a folder that cannot be written ends it with a sentence and exit code 1", async () => {
  const folder = await makeFolder();
  await writeFile(join(folder, "file"), "");
  const server = await start("--mailbox", join(folder, "file", "mailbox"));
  expect(await server.ended).toBe(1);
  expect(server.said()).toContain("The folder of the mailbox cannot be written.");
});

test("a password for Redis that cannot be read ends it with a sentence and exit code 1", async () => {
  const absent = join(await makeFolder(), "absent");
  const server = spawnServer(
    bundle?.main ?? "",
    ["--port", "0", "--no-mailbox", "--redis", "redis://127.0.0.1:9"],
    { TWOFOLD_REDIS_PASSWORD_FILE: absent },
  );
  expect(await server.ended).toBe(1);
  expect(server.said()).toContain("cannot be read, or is empty");
  expect(server.said()).not.toContain(absent);
});

test("what goes wrong inside is said without the words of a client", async () => {
  const server = await start("--no-mailbox", "--host", "192.0.2.1");
  expect(await server.ended).toBe(1);
  expect(server.said()).toBe("This computer has no such address. Choose another with --host.\n");
});
