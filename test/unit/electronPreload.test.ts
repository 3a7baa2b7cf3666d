import { readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { channels, notices, shellFactsArgument } from "../../electron/channels.ts";
import { parseShellFacts } from "../../shared/bridge/parseShellFacts.ts";
import type { Bridge } from "../../shared/bridge/bridge.ts";
import { bundleForNode } from "../electron/bundle.ts";
import { withEvents } from "../electron/emitter.ts";

const facts = { kind: "electron", platform: "linux", version: "0.1.0", profile: "sam" };
let source = "";

beforeAll(async () => {
  const file = await bundleForNode("electron/preload.ts", "cjs");
  source = await readFile(file, "utf8");
  await rm(dirname(file), { recursive: true, force: true });
});

type Invoked = readonly [string, ...unknown[]];

/** Runs the bundled preload as a sandboxed renderer does: CommonJS, and `require` knows "electron" alone. */
const runPreload = (word = shellFactsArgument + JSON.stringify(facts)) => {
  const invoked: Invoked[] = [];
  const exposed = new Map<string, unknown>();
  const ipcRenderer = withEvents({
    invoke: async (...call: Invoked) => {
      invoked.push(call);
      return { ok: true, value: call[0] };
    },
  });
  const required: string[] = [];
  runInNewContext(source, {
    process: { argv: ["renderer", word] },
    console,
    setTimeout,
    URL,
    TextEncoder,
    module: { exports: {} },
    exports: {},
    require: (name: string) => {
      required.push(name);
      if (name !== "electron") throw new Error(`module not found: ${name}`);
      return {
        ipcRenderer,
        contextBridge: {
          exposeInMainWorld: (key: string, api: unknown) => exposed.set(key, api),
        },
      };
    },
  });
  return { bridge: exposed.get("twofold") as Bridge, exposed, invoked, ipcRenderer, required };
};

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("what the page is given", () => {
  let run: ReturnType<typeof runPreload>;
  beforeAll(() => {
    run = runPreload();
  });
  afterAll(() => {
    run.ipcRenderer.removeAllListeners();
  });

  test("is one object of the bridge's shape, and nothing of Electron's", () => {
    expect([...run.exposed.keys()]).toEqual(["twofold"]);
    expect(run.required).toEqual(["electron"]);
    const shape = Object.fromEntries(
      Object.entries(run.bridge).map(([name, part]) => [name, Object.keys(part).toSorted()]),
    );
    expect(shape).toEqual({
      shell: ["kind", "platform", "profile", "version"],
      safe: ["read", "remove", "write"],
      backups: [
        "askAgain",
        "begin",
        "chooseFolder",
        "discard",
        "finish",
        "folder",
        "forgetFolder",
        "keep",
        "read",
        "write",
      ],
      documents: ["pdf"],
      deviceSecret: ["obtain"],
      rendezvous: ["addresses", "openToNetwork"],
      network: ["allow"],
      window: ["copyInvitation", "hide", "onLockRequest", "onPairingLink"],
    });
    expect(run.bridge.shell).toEqual(facts);
  });

  test("asks on one fixed channel a call, with the arguments alone", async () => {
    const bytes = Uint8Array.of(1);
    const { bridge, invoked } = runPreload();
    await bridge.safe.read("vault");
    await bridge.safe.write("vault", bytes);
    await bridge.safe.remove("vault");
    await bridge.backups.folder();
    await bridge.backups.chooseFolder();
    await bridge.backups.askAgain();
    await bridge.backups.forgetFolder();
    await bridge.backups.begin("folder");
    await bridge.backups.write(1, bytes);
    await bridge.backups.finish(1);
    await bridge.backups.read(1, 0, 64);
    await bridge.backups.keep(1);
    await bridge.backups.discard(1);
    await bridge.documents.pdf("Writing 2026-11-22");
    await bridge.deviceSecret.obtain();
    await bridge.rendezvous.addresses();
    await bridge.rendezvous.openToNetwork(true);
    await bridge.network.allow(["wss://meet.example.org"]);
    await bridge.window.hide();
    await bridge.window.copyInvitation("twofold://pair#AAA");
    expect(invoked).toEqual([
      [channels.safeRead, "vault"],
      [channels.safeWrite, "vault", bytes],
      [channels.safeRemove, "vault"],
      [channels.backupsFolder],
      [channels.backupsChooseFolder],
      [channels.backupsAskAgain],
      [channels.backupsForgetFolder],
      [channels.backupsBegin, "folder"],
      [channels.backupsWrite, 1, bytes],
      [channels.backupsFinish, 1],
      [channels.backupsRead, 1, 0, 64],
      [channels.backupsKeep, 1],
      [channels.backupsDiscard, 1],
      [channels.documentsPdf, "Writing 2026-11-22"],
      [channels.deviceSecretObtain],
      [channels.rendezvousAddresses],
      [channels.rendezvousOpenToNetwork, true],
      [channels.networkAllow, ["wss://meet.example.org"]],
      [channels.windowHide],
      [channels.windowCopyInvitation, "twofold://pair#AAA"],
    ]);
  });

  test("answers a lock request once every listener is done, also when one throws", async () => {
    const { bridge, invoked, ipcRenderer } = runPreload();
    let finish = () => {};
    bridge.window.onLockRequest(() => new Promise((resolve) => (finish = resolve)));
    bridge.window.onLockRequest(() => {
      throw new Error("a broken listener");
    });
    ipcRenderer.emit(notices.lockRequest, { sender: ipcRenderer }, 7);
    await settle();
    expect(invoked).toEqual([]);
    finish();
    await settle();
    expect(invoked).toEqual([[channels.lockDone, 7]]);
  });

  test("answers a lock request at once when nobody listens any more", async () => {
    const { bridge, invoked, ipcRenderer } = runPreload();
    const stop = bridge.window.onLockRequest(() => new Promise(() => {}));
    stop();
    ipcRenderer.emit(notices.lockRequest, {}, 3);
    await settle();
    expect(invoked).toEqual([[channels.lockDone, 3]]);
  });

  test("hands on pairing links without the event, until it is told to stop", () => {
    const { bridge, invoked, ipcRenderer } = runPreload();
    const heard: unknown[][] = [];
    const stop = bridge.window.onPairingLink((...values) => heard.push(values));
    expect(invoked).toEqual([[channels.pairingLinkAwaited]]);
    ipcRenderer.emit(notices.pairingLink, { sender: ipcRenderer }, "twofold://pair#AAA");
    stop();
    ipcRenderer.emit(notices.pairingLink, { sender: ipcRenderer }, "twofold://pair#BBB");
    expect(heard).toEqual([["twofold://pair#AAA"]]);
    expect(ipcRenderer.listenerCount(notices.pairingLink)).toBe(0);
  });

  test("is nothing at all when the main process gave no facts", () => {
    expect(() => runPreload("--other")).toThrow();
    expect(() => runPreload(`${shellFactsArgument}{"kind":"electron"}`)).toThrow("no facts");
  });
});

test.each([
  null,
  {},
  { ...facts, kind: "other" },
  { ...facts, version: "1" },
  { ...facts, profile: "../sam" },
  { ...facts, more: true },
])("%j are no facts about a shell", (value) => {
  expect(parseShellFacts(value)).toMatchObject({ ok: false, code: "BAD_FACTS" });
});
