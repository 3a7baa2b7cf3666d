import { readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { channels, pushes, shellFactsArgument } from "../../electron/channels.ts";
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
      sharedFolder: [
        "askAgain",
        "chooseFolder",
        "folder",
        "forgetFolder",
        "list",
        "onChange",
        "put",
        "read",
        "remove",
      ],
      desktop: ["change", "look", "notify", "onStepOut", "speak"],
      updates: ["bring", "facts", "install", "look", "lookWeekly", "onChange"],
      documents: ["handed", "pdf"],
      openedFiles: ["begin", "done", "onArrival", "read"],
      deviceSecret: ["forgetEarlier", "obtain", "renew"],
      rendezvous: ["addresses", "openToNetwork"],
      network: ["allow"],
      outside: ["asks", "open"],
      spelling: ["judgeBy", "offered"],
      window: ["camera", "copyInvitation", "hide", "onLockRequest", "onPairingLink", "startAnew"],
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
    await bridge.sharedFolder.folder();
    await bridge.sharedFolder.chooseFolder();
    await bridge.sharedFolder.askAgain();
    await bridge.sharedFolder.forgetFolder();
    await bridge.sharedFolder.list();
    await bridge.sharedFolder.read("one.twofold");
    await bridge.sharedFolder.put("one.twofold", bytes);
    await bridge.sharedFolder.remove("one.twofold");
    await bridge.desktop.look();
    await bridge.desktop.change({ name: "tray", to: true });
    await bridge.desktop.notify();
    await bridge.desktop.speak("de");
    await bridge.updates.facts();
    await bridge.updates.look();
    await bridge.updates.lookWeekly(true);
    await bridge.updates.bring();
    await bridge.updates.install();
    await bridge.documents.pdf("Writing 2026-11-22");
    await bridge.documents.handed("blob:app://twofold/7d7c2d7e");
    await bridge.openedFiles.begin(1);
    await bridge.openedFiles.read(1, 0, 64);
    await bridge.openedFiles.done(1);
    await bridge.deviceSecret.obtain();
    await bridge.deviceSecret.renew();
    await bridge.deviceSecret.forgetEarlier();
    await bridge.rendezvous.addresses();
    await bridge.rendezvous.openToNetwork(true);
    await bridge.network.allow(["wss://meet.example.org"]);
    await bridge.window.hide();
    await bridge.window.copyInvitation("twofold://pair#AAA");
    await bridge.window.startAnew({ away: true });
    await bridge.outside.open("https://example.org/");
    await bridge.window.camera(true);
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
      [channels.sharedFolder],
      [channels.sharedChooseFolder],
      [channels.sharedAskAgain],
      [channels.sharedForgetFolder],
      [channels.sharedList],
      [channels.sharedRead, "one.twofold"],
      [channels.sharedPut, "one.twofold", bytes],
      [channels.sharedRemove, "one.twofold"],
      [channels.desktopLook],
      [channels.desktopChange, { name: "tray", to: true }],
      [channels.desktopNotify],
      [channels.desktopSpeak, "de"],
      [channels.updatesFacts],
      [channels.updatesLook],
      [channels.updatesWeekly, true],
      [channels.updatesBring],
      [channels.updatesInstall],
      [channels.documentsPdf, "Writing 2026-11-22"],
      [channels.documentsHanded, "blob:app://twofold/7d7c2d7e"],
      [channels.openedFilesBegin, 1],
      [channels.openedFilesRead, 1, 0, 64],
      [channels.openedFilesDone, 1],
      [channels.deviceSecretObtain],
      [channels.deviceSecretRenew],
      [channels.deviceSecretForgetEarlier],
      [channels.rendezvousAddresses],
      [channels.rendezvousOpenToNetwork, true],
      [channels.networkAllow, ["wss://meet.example.org"]],
      [channels.windowHide],
      [channels.windowCopyInvitation, "twofold://pair#AAA"],
      [channels.windowStartAnew, { away: true }],
      [channels.outsideOpen, "https://example.org/"],
      [channels.windowCamera, true],
    ]);
  });

  test("answers a lock request once every listener is done, also when one throws", async () => {
    const { bridge, invoked, ipcRenderer } = runPreload();
    let finish = () => {};
    bridge.window.onLockRequest(() => new Promise((resolve) => (finish = resolve)));
    bridge.window.onLockRequest(() => {
      throw new Error("a broken listener");
    });
    ipcRenderer.emit(pushes.lockRequest, { sender: ipcRenderer }, 7);
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
    ipcRenderer.emit(pushes.lockRequest, {}, 3);
    await settle();
    expect(invoked).toEqual([[channels.lockDone, 3]]);
  });

  test("hands on pairing links without the event, until it is told to stop", () => {
    const { bridge, invoked, ipcRenderer } = runPreload();
    const heard: unknown[][] = [];
    const stop = bridge.window.onPairingLink((...values) => heard.push(values));
    expect(invoked).toEqual([[channels.pairingLinkAwaited]]);
    ipcRenderer.emit(pushes.pairingLink, { sender: ipcRenderer }, "twofold://pair#AAA");
    stop();
    ipcRenderer.emit(pushes.pairingLink, { sender: ipcRenderer }, "twofold://pair#BBB");
    expect(heard).toEqual([["twofold://pair#AAA"]]);
    expect(ipcRenderer.listenerCount(pushes.pairingLink)).toBe(0);
  });

  test("hands on files that were opened without the event, until it is told to stop", () => {
    const { bridge, invoked, ipcRenderer } = runPreload();
    const heard: unknown[][] = [];
    const stop = bridge.openedFiles.onArrival((...values) => heard.push(values));
    expect(invoked).toEqual([[channels.openedFilesAwaited]]);
    const arrived = { files: [{ ticket: 1, name: "one.twofold" }], more: false };
    ipcRenderer.emit(pushes.openedFiles, { sender: ipcRenderer }, arrived);
    stop();
    ipcRenderer.emit(pushes.openedFiles, { sender: ipcRenderer }, arrived);
    expect(heard).toEqual([[arrived]]);
    expect(ipcRenderer.listenerCount(pushes.openedFiles)).toBe(0);
  });

  test("hands on that the shared folder changed, without anything else, until it is told to stop", () => {
    const { bridge, invoked, ipcRenderer } = runPreload();
    const heard: unknown[][] = [];
    const stop = bridge.sharedFolder.onChange((...values) => heard.push(values));
    ipcRenderer.emit(pushes.sharedFolderChanged, { sender: ipcRenderer }, "/home/sam");
    stop();
    ipcRenderer.emit(pushes.sharedFolderChanged, { sender: ipcRenderer });
    expect(heard).toEqual([[]]);
    expect(invoked).toEqual([]);
    expect(ipcRenderer.listenerCount(pushes.sharedFolderChanged)).toBe(0);
  });

  test("hands on that somebody stepped out, without anything else, until it is told to stop", () => {
    const { bridge, ipcRenderer } = runPreload();
    const heard: unknown[][] = [];
    const stop = bridge.desktop.onStepOut((...values) => heard.push(values));
    ipcRenderer.emit(pushes.stepOut, { sender: ipcRenderer }, "Control");
    stop();
    ipcRenderer.emit(pushes.stepOut, { sender: ipcRenderer });
    expect(heard).toEqual([[]]);
    expect(ipcRenderer.listenerCount(pushes.stepOut)).toBe(0);
  });

  test("hands on that a newer version was found, without anything else, until it is told to stop", () => {
    const { bridge, ipcRenderer } = runPreload();
    const heard: unknown[][] = [];
    const stop = bridge.updates.onChange((...values) => heard.push(values));
    ipcRenderer.emit(pushes.updatesChanged, { sender: ipcRenderer }, "1.3.0");
    stop();
    ipcRenderer.emit(pushes.updatesChanged, { sender: ipcRenderer });
    expect(heard).toEqual([[]]);
    expect(ipcRenderer.listenerCount(pushes.updatesChanged)).toBe(0);
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
