import "fake-indexeddb/auto";
import { expect, test, vi } from "vitest";
import { type BrowserParts, createBrowserBridge } from "../../../renderer/shell/browserBridge.ts";
import { createManualClock } from "../../support/manualClock.ts";
import { until } from "../../support/until.ts";

const facts = { kind: "browser", platform: "linux", version: "0.1.0", profile: "alex" };

const make = (changes: Partial<BrowserParts> = {}) => {
  const held = { text: "" };
  const loaded: string[] = [];
  const clock = createManualClock();
  const parts: BrowserParts = {
    readShell: async () => ({ facts, rendezvous: ["ws://127.0.0.1:47180"] }),
    window: new EventTarget(),
    document: new EventTarget(),
    clipboard: {
      write: async (text) => {
        held.text = text;
      },
      read: async () => held.text,
    },
    askToPersist: async () => true,
    print: async () => {},
    sharedPlaces: {
      pickFolder: undefined,
      kept: { read: async () => undefined, write: async () => {} },
      laid: { read: async () => undefined, write: async () => {} },
      makeObserver: undefined,
    },
    backupPlaces: {
      pickFolder: undefined,
      pickFile: undefined,
      download: () => {},
      kept: { read: async () => undefined, write: async () => {} },
    },
    loadAgain: (address) => loaded.push(address),
    openBeside: (address) => loaded.push(`beside ${address}`),
    clock,
    ...changes,
  };
  return { parts, held, clock, loaded };
};

test("the facts are the server's", async () => {
  const { parts } = make();
  expect((await createBrowserBridge(parts)).shell).toEqual(facts);
});

test.each([undefined, null, "twofold", {}, { facts: { ...facts, profile: "../x" } }])(
  "a server that says %j about itself is not ours",
  async (answer) => {
    const { parts } = make({ readShell: async () => answer });
    await expect(createBrowserBridge(parts)).rejects.toThrow("no facts");
  },
);

test("loading anew leaves no invitation on the clipboard, whose page would have cleared it", async () => {
  const { parts, held, loaded } = make();
  const { window } = await createBrowserBridge(parts);
  await window.copyInvitation("twofold://pair#AAA");
  expect(await window.startAnew({ away: false })).toBe(true);
  expect(held.text).toBe("");
  held.text = "somebody's own";
  expect(await window.startAnew({ away: true })).toBe(true);
  expect(held.text).toBe("somebody's own");
  expect(loaded).toEqual(["/", "/?sheet"]);
});

test("a page whose server is gone stays: there would be nothing to load", async () => {
  let runs = true;
  const { parts, loaded } = make({
    readShell: async () => {
      if (!runs) throw new TypeError("Failed to fetch");
      return { facts, rendezvous: [] };
    },
  });
  const { window } = await createBrowserBridge(parts);
  runs = false;
  expect(await window.startAnew({ away: true })).toBe(false);
  expect(loaded).toEqual([]);
});

test("an address is opened beside, and only https, by the letters that were shown", async () => {
  const { parts, loaded } = make();
  const { outside } = await createBrowserBridge(parts);
  expect(outside.asks).toBe("page");
  expect(await outside.open("https://exämple.org/a b")).toBe("refused");
  expect(await outside.open("https://exämple.org/")).toBe("opened");
  expect(await outside.open("javascript:alert(1)")).toBe("refused");
  expect(await outside.open("http://example.org/")).toBe("refused");
  expect(loaded).toEqual(["beside https://xn--exmple-cua.org/"]);
});

test("no word is given to a checker here, whose words the browser might send on", async () => {
  const { spelling } = await createBrowserBridge(make().parts);
  expect(spelling.offered).toBe(false);
});

test("the window is the browser's: nothing of it is offered, set or told of", async () => {
  const { desktop } = await createBrowserBridge(make().parts);
  expect(await desktop.look()).toBeUndefined();
  expect(await desktop.change({ name: "notices", to: true })).toMatchObject({
    code: "NOT_OFFERED_HERE",
  });
  expect(await desktop.notify()).toBe(false);
  expect(await desktop.speak("de")).toBe(false);
  expect(desktop.onStepOut(() => {})()).toBeUndefined();
});

test("the device secret is 32 zero bytes that are kept nowhere", async () => {
  const { parts } = make();
  const bridge = await createBrowserBridge(parts);
  const secret = { secret: new Uint8Array(32), kept: "nowhere" };
  expect(await bridge.deviceSecret.obtain()).toEqual({ ok: true, value: secret });
});

test("the rendezvous addresses are asked for each time, and the last ones stand when nobody answers", async () => {
  const readShell = vi.fn<BrowserParts["readShell"]>();
  readShell.mockResolvedValueOnce({ facts, rendezvous: [] });
  const bridge = await createBrowserBridge(make({ readShell }).parts);
  readShell.mockResolvedValueOnce({ facts, rendezvous: ["ws://127.0.0.1:1"] });
  expect(await bridge.rendezvous.addresses()).toEqual(["ws://127.0.0.1:1"]);
  readShell.mockRejectedValueOnce(new TypeError("gone"));
  expect(await bridge.rendezvous.addresses()).toEqual(["ws://127.0.0.1:1"]);
});

test("an address that is no web socket is not taken over", async () => {
  const answer = { facts, rendezvous: ["https://example.org"] };
  const bridge = await createBrowserBridge(make({ readShell: async () => answer }).parts);
  expect(await bridge.rendezvous.addresses()).toEqual([]);
});

test("what a plain browser cannot do is said, not pretended", async () => {
  const bridge = await createBrowserBridge(make().parts);
  expect(await bridge.window.hide()).toBe(false);
  expect(await bridge.rendezvous.openToNetwork(true)).toMatchObject({ code: "NOT_OFFERED_HERE" });
});

test("closing or freezing the page asks for the lock, until the listener is taken away", async () => {
  const { parts } = make();
  const bridge = await createBrowserBridge(parts);
  const lock = vi.fn(async () => undefined);
  const stop = bridge.window.onLockRequest(lock);
  parts.window.dispatchEvent(new Event("pagehide"));
  parts.document.dispatchEvent(new Event("freeze"));
  expect(lock).toHaveBeenCalledTimes(2);
  stop();
  parts.window.dispatchEvent(new Event("pagehide"));
  expect(lock).toHaveBeenCalledTimes(2);
});

test("an invitation leaves the clipboard after a minute", async () => {
  const { parts, held, clock } = make();
  const bridge = await createBrowserBridge(parts);
  expect(await bridge.window.copyInvitation("twofold://pair#x")).toBe(true);
  clock.advance(59_999);
  await Promise.resolve();
  expect(held.text).toBe("twofold://pair#x");
  clock.advance(1);
  await until(() => expect(held.text).toBe(""));
});

test("something else on the clipboard stays there", async () => {
  const { parts, held, clock } = make();
  const write = vi.spyOn(parts.clipboard, "write");
  const read = vi.spyOn(parts.clipboard, "read");
  const bridge = await createBrowserBridge(parts);
  await bridge.window.copyInvitation("twofold://pair#x");
  held.text = "a shopping list";
  clock.advance(60_000);
  await until(() => expect(read).toHaveResolved());
  await Promise.resolve();
  expect(write).toHaveBeenCalledTimes(1);
  expect(held.text).toBe("a shopping list");
});

test("a clipboard that refuses is said", async () => {
  const clipboard = {
    write: () => Promise.reject(new Error("no")),
    read: async () => undefined,
  };
  const bridge = await createBrowserBridge(make({ clipboard }).parts);
  expect(await bridge.window.copyInvitation("x")).toBe(false);
});
