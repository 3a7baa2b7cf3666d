import { beforeEach, describe, expect, test } from "vitest";
import { channels } from "../../electron/channels.ts";
import { answerCalls, type MainSide } from "../../electron/ipc.ts";
import { accept } from "../../shared/base/result.ts";
import type { DesktopView } from "../../shared/bridge/desktop.ts";
import { createStandInIpc, ownFrame, type StandInFrame } from "../electron/standInIpc.ts";

type Asked = readonly [string, ...unknown[]];

let asked: Asked[] = [];
let logged: string[] = [];
let breaks = false;
let ipc = createStandInIpc();

const desktopView: DesktopView = {
  settings: {
    tray: false,
    staysInTray: false,
    startsMinimised: false,
    startsAtLogin: false,
    notices: false,
    stepOutKeys: "none",
    hidesFromCapture: true,
  },
  offered: ["tray"],
  keysTaken: false,
};

const recordingMain = (): MainSide => {
  const hear = (name: string, ...values: unknown[]) => {
    asked.push([name, ...values]);
    if (breaks) throw new RangeError("a secret word");
  };
  return {
    safe: {
      read: async (name) => {
        hear("read", name);
        return accept(Uint8Array.of(1));
      },
      write: async (name, bytes) => {
        hear("write", name, bytes);
        return accept(undefined);
      },
      remove: async (name) => {
        hear("remove", name);
        return accept(undefined);
      },
    },
    backups: {
      folder: async () => {
        hear("folder");
        return { state: "ready" as const, name: "Backups" };
      },
      chooseFolder: async () => {
        hear("chooseFolder");
        return accept({ state: "ready" as const, name: "Backups" });
      },
      askAgain: async () => {
        hear("askAgain");
        return { state: "ready" as const, name: "Backups" };
      },
      forgetFolder: async () => {
        hear("forgetFolder");
        return accept(undefined);
      },
      begin: async (where) => {
        hear("begin", where);
        return accept({ ticket: 1, readable: true });
      },
      write: async (ticket, bytes) => {
        hear("writeBackup", ticket, bytes);
        return accept(undefined);
      },
      finish: async (ticket) => {
        hear("finish", ticket);
        return accept(3);
      },
      read: async (ticket, from, length) => {
        hear("readBackup", ticket, from, length);
        return accept(new Uint8Array(length));
      },
      keep: async (ticket) => {
        hear("keep", ticket);
        return accept(undefined);
      },
      discard: async (ticket) => {
        hear("discard", ticket);
        return accept(undefined);
      },
    },
    sharedFolder: {
      folder: async () => {
        hear("shared");
        return { state: "ready" as const, name: "Ours" };
      },
      chooseFolder: async () => {
        hear("chooseShared");
        return accept({ state: "ready" as const, name: "Ours" });
      },
      askAgain: async () => {
        hear("askSharedAgain");
        return { state: "ready" as const, name: "Ours" };
      },
      forgetFolder: async () => {
        hear("forgetShared");
        return accept(undefined);
      },
      list: async () => {
        hear("list");
        return accept([{ name: "one.twofold", size: 1, changed: 1 }]);
      },
      read: async (name) => {
        hear("readShared", name);
        return accept(Uint8Array.of(1));
      },
      put: async (name, bytes) => {
        hear("put", name, bytes);
        return accept(undefined);
      },
      remove: async (name) => {
        hear("removeShared", name);
        return accept(undefined);
      },
    },
    desktop: {
      look: async () => {
        hear("look");
        return desktopView;
      },
      change: async (change) => {
        hear("change", change);
        return accept(desktopView);
      },
      notify: async () => {
        hear("notify");
        return true;
      },
      speak: async (language) => {
        hear("speak", language);
        return true;
      },
    },
    updates: {
      facts: async () => {
        hear("facts");
        return { host: "releases.example.org", weekly: false, offer: undefined };
      },
      look: async () => {
        hear("lookForUpdate");
        return accept(undefined);
      },
      lookWeekly: async (on) => {
        hear("lookWeekly", on);
        return accept(undefined);
      },
      bring: async () => {
        hear("bring");
        return accept(undefined);
      },
      install: async () => {
        hear("install");
        return accept(undefined);
      },
    },
    documents: {
      pdf: async (name) => {
        hear("pdf", name);
        return accept("saved" as const);
      },
      handed: async (address) => {
        hear("handed", address);
        return "saved" as const;
      },
    },
    openedFiles: {
      begin: async (ticket) => {
        hear("beginOpened", ticket);
        return accept(3);
      },
      read: async (ticket, from, length) => {
        hear("readOpened", ticket, from, length);
        return accept(new Uint8Array(length));
      },
      done: async (ticket) => {
        hear("doneOpened", ticket);
        return accept(undefined);
      },
    },
    deviceSecret: {
      obtain: async () => {
        hear("obtain");
        return accept({ secret: new Uint8Array(32), kept: "nowhere" as const });
      },
      renew: async () => {
        hear("renew");
        return accept({ secret: new Uint8Array(32).fill(1), kept: "keychain" as const });
      },
      forgetEarlier: async () => {
        hear("forgetEarlier");
        return accept(undefined);
      },
    },
    rendezvous: {
      addresses: async () => {
        hear("addresses");
        return ["ws://127.0.0.1:47180"];
      },
      openToNetwork: async (open) => {
        hear("openToNetwork", open);
        return accept([]);
      },
    },
    network: {
      allow: async (addresses) => {
        hear("allow", addresses);
        return accept(undefined);
      },
    },
    outside: {
      open: async (address) => {
        hear("openOutside", address);
        return "opened" as const;
      },
    },
    window: {
      hide: async () => {
        hear("hide");
        return true;
      },
      copyInvitation: async (text) => {
        hear("copyInvitation", text);
        return true;
      },
      startAnew: async (how) => {
        hear("startAnew", how);
        return true;
      },
      camera: async (on) => {
        hear("camera", on);
        return true;
      },
    },
  };
};

beforeEach(() => {
  asked = [];
  logged = [];
  breaks = false;
  ipc = createStandInIpc();
  answerCalls({
    ipcMain: ipc.ipcMain,
    main: recordingMain(),
    lockDone: (ticket) => {
      asked.push(["lockDone", ticket]);
      return true;
    },
    pairingLinkAwaited: () => {
      asked.push(["awaited"]);
    },
    openedFilesAwaited: () => {
      asked.push(["openedAwaited"]);
    },
    log: (line) => logged.push(line),
  });
});

const badRequest = { ok: false, code: "BAD_REQUEST" };
const refusals: Record<string, unknown> = {
  [channels.backupsFolder]: { state: "none" },
  [channels.backupsAskAgain]: { state: "none" },
  [channels.sharedFolder]: { state: "none" },
  [channels.sharedAskAgain]: { state: "none" },
  [channels.rendezvousAddresses]: [],
  [channels.desktopLook]: undefined,
  [channels.desktopNotify]: false,
  [channels.desktopSpeak]: false,
  [channels.updatesFacts]: { host: undefined, weekly: false, offer: undefined },
  [channels.documentsHanded]: "refused",
  [channels.windowHide]: false,
  [channels.windowCopyInvitation]: false,
  [channels.windowStartAnew]: false,
  [channels.outsideOpen]: "refused",
  [channels.windowCamera]: false,
  [channels.lockDone]: false,
  [channels.pairingLinkAwaited]: false,
  [channels.openedFilesAwaited]: false,
};
const refusalOf = (channel: string) => (channel in refusals ? refusals[channel] : badRequest);

/** What these call is no part of the bridge. */
const partsOfItsOwn: readonly string[] = [
  channels.lockDone,
  channels.pairingLinkAwaited,
  channels.openedFilesAwaited,
];

const wellFormed: Readonly<Record<string, readonly unknown[]>> = {
  [channels.safeRead]: ["vault"],
  [channels.safeWrite]: ["keyring", Uint8Array.of(1, 2)],
  [channels.safeRemove]: ["room-vault"],
  [channels.backupsFolder]: [],
  [channels.backupsChooseFolder]: [],
  [channels.backupsAskAgain]: [],
  [channels.backupsForgetFolder]: [],
  [channels.backupsBegin]: ["folder"],
  [channels.backupsWrite]: [1, Uint8Array.of(1, 2)],
  [channels.backupsFinish]: [1],
  [channels.backupsRead]: [1, 0, 64],
  [channels.backupsKeep]: [1],
  [channels.backupsDiscard]: [1],
  [channels.sharedFolder]: [],
  [channels.sharedChooseFolder]: [],
  [channels.sharedAskAgain]: [],
  [channels.sharedForgetFolder]: [],
  [channels.sharedList]: [],
  [channels.sharedRead]: ["one.twofold"],
  [channels.sharedPut]: ["one.twofold", Uint8Array.of(1, 2)],
  [channels.sharedRemove]: ["one.twofold"],
  [channels.desktopLook]: [],
  [channels.desktopChange]: [{ name: "tray", to: true }],
  [channels.desktopNotify]: [],
  [channels.desktopSpeak]: ["de"],
  [channels.updatesFacts]: [],
  [channels.updatesLook]: [],
  [channels.updatesWeekly]: [true],
  [channels.updatesBring]: [],
  [channels.updatesInstall]: [],
  [channels.documentsPdf]: ["Writing 2026-11-22"],
  [channels.documentsHanded]: ["blob:app://twofold/7d7c2d7e-8f3a-4c55-9f15-0d4f6f0e8a11"],
  [channels.openedFilesBegin]: [1],
  [channels.openedFilesRead]: [1, 0, 64],
  [channels.openedFilesDone]: [1],
  [channels.openedFilesAwaited]: [],
  [channels.deviceSecretObtain]: [],
  [channels.deviceSecretRenew]: [],
  [channels.deviceSecretForgetEarlier]: [],
  [channels.rendezvousAddresses]: [],
  [channels.rendezvousOpenToNetwork]: [true],
  [channels.networkAllow]: [["wss://meet.example.org/room", "ws://[fd00::1]:47180"]],
  [channels.windowHide]: [],
  [channels.windowCopyInvitation]: ["twofold://pair#abc"],
  [channels.windowStartAnew]: [{ away: true }],
  [channels.outsideOpen]: ["https://example.org/a?b#c"],
  [channels.windowCamera]: [true],
  [channels.lockDone]: [1],
  [channels.pairingLinkAwaited]: [],
};

test("every channel of the table has exactly one handler", () => {
  expect(ipc.channels().toSorted()).toEqual(Object.values(channels).toSorted());
  expect(Object.keys(wellFormed).toSorted()).toEqual(Object.values(channels).toSorted());
});

describe.each(Object.entries(wellFormed))("%s", (channel, values) => {
  test("does what our own page asks", async () => {
    const answer = await ipc.invoke(channel, ...values);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.slice(1)).toEqual(values);
    expect(answer).not.toEqual(refusalOf(channel));
  });

  const foreign: Record<string, StandInFrame | null> = {
    "a frame that is gone": null,
    "a frame inside the page": { ...ownFrame, parent: {} },
    "a web page": { url: "https://example.com/", origin: "https://example.com", parent: null },
    "a look-alike host": {
      url: "app://twofold.example/",
      origin: "app://twofold.example",
      parent: null,
    },
    "a file": { url: "file:///app/index.html", origin: "file://", parent: null },
    "a page with our address but no origin": { ...ownFrame, origin: "null" },
    "a page with our origin at another address": { ...ownFrame, url: "about:blank" },
  };

  test.each(Object.keys(foreign))("refuses %s, and nothing is done", async (name) => {
    expect(await ipc.invokeFrom(foreign[name] ?? null, channel, ...values)).toEqual(
      refusalOf(channel),
    );
    expect(asked).toEqual([]);
  });

  test("refuses an argument too many", async () => {
    expect(await ipc.invoke(channel, ...values, "more")).toEqual(refusalOf(channel));
    expect(asked).toEqual([]);
  });

  test("answers with a refusal when something of ours breaks, and logs no value", async () => {
    if (partsOfItsOwn.includes(channel)) return;
    breaks = true;
    expect(await ipc.invoke(channel, ...values)).toEqual(refusalOf(channel));
    expect(logged).toEqual([`${channel}: RangeError`]);
  });
});

const huge = "x".repeat(5_000);

test.each<[string, readonly unknown[]]>([
  [channels.safeRead, []],
  [channels.safeRead, ["../vault"]],
  [channels.safeRead, ["device-secret"]],
  [channels.safeRead, [["vault"]]],
  [channels.safeRead, [{ toString: "vault" }]],
  [channels.safeWrite, ["vault"]],
  [channels.safeWrite, ["vault", "text"]],
  [channels.safeWrite, ["vault", [1, 2, 3]]],
  [channels.safeWrite, ["vault", { length: 3 }]],
  [channels.safeWrite, ["vault", new ArrayBuffer(3)]],
  [channels.safeWrite, ["vault", new Uint16Array(3)]],
  [channels.safeWrite, ["vault", null]],
  [channels.safeRemove, [null]],
  [channels.backupsChooseFolder, ["/home/sam"]],
  [channels.desktopChange, []],
  [channels.desktopChange, [{ name: "tray", to: "yes" }]],
  [channels.desktopChange, [{ name: "tray", to: true, notices: true }]],
  [channels.desktopChange, [{ name: "path", to: true }]],
  [channels.desktopChange, [{ name: "__proto__", to: true }]],
  [channels.desktopChange, [{ name: "stepOutKeys", to: true }]],
  [channels.desktopChange, [{ name: "stepOutKeys", to: "Control+C" }]],
  [channels.desktopChange, [{ name: ["tray"], to: true }]],
  [channels.desktopNotify, ["Sam has written"]],
  [channels.desktopNotify, [{ title: "Sam" }]],
  [channels.desktopSpeak, []],
  [channels.desktopSpeak, ["de-AT"]],
  [channels.desktopSpeak, ["__proto__"]],
  [channels.desktopSpeak, ["toString"]],
  [channels.desktopSpeak, [["de"]]],
  [channels.desktopSpeak, [{ notice: "Sam has written" }]],
  [channels.updatesLook, ["https://evil.example/"]],
  [channels.updatesWeekly, []],
  [channels.updatesWeekly, ["weekly"]],
  [channels.updatesBring, ["twofold.exe"]],
  [channels.updatesInstall, [{ file: "/tmp/other" }]],
  [channels.documentsPdf, []],
  [channels.documentsPdf, [""]],
  [channels.documentsPdf, ["../Writing"]],
  [channels.documentsPdf, ["C:\\Writing"]],
  [channels.documentsPdf, ["Writing\u202efdp"]],
  [channels.documentsPdf, [huge]],
  [channels.backupsBegin, []],
  [channels.backupsBegin, ["/home/sam/Twofold.twofold"]],
  [channels.backupsBegin, [["folder"]]],
  [channels.backupsWrite, [1]],
  [channels.backupsWrite, [1, "text"]],
  [channels.backupsWrite, [0, new Uint8Array(3)]],
  [channels.backupsWrite, ["1", new Uint8Array(3)]],
  [channels.backupsWrite, [1, new Uint8Array(1024 * 1024 + 1)]],
  [channels.backupsFinish, [1.5]],
  [channels.backupsRead, [1, -1, 4]],
  [channels.backupsRead, [1, 0, 1024 * 1024 + 1]],
  [channels.backupsRead, [1, 0.5, 4]],
  [channels.backupsRead, [1, 0]],
  [channels.documentsHanded, ["blob:https://example.org/7d7c2d7e"]],
  [channels.documentsHanded, ["app://twofold/7d7c2d7e"]],
  [channels.documentsHanded, [`blob:app://twofold/${huge}`]],
  [channels.openedFilesBegin, []],
  [channels.openedFilesBegin, ["/home/sam/twofold.twofold"]],
  [channels.openedFilesBegin, [0]],
  [channels.openedFilesRead, [1, 0]],
  [channels.openedFilesRead, [1, -1, 4]],
  [channels.openedFilesRead, [1, 0, 1024 * 1024 + 1]],
  [channels.openedFilesRead, [1, Number.NaN, 4]],
  [channels.openedFilesDone, [1.5]],
  [channels.openedFilesAwaited, ["/home/sam"]],
  [channels.backupsKeep, ["Twofold-1a2b3c4d-20261122-071530.twofold"]],
  [channels.backupsDiscard, [null]],
  [channels.sharedChooseFolder, ["/home/sam"]],
  [channels.sharedList, ["/home/sam"]],
  [channels.sharedRead, []],
  [channels.sharedRead, ["../one.twofold"]],
  [channels.sharedRead, ["/home/sam/one.twofold"]],
  [channels.sharedRead, ["C:\\one.twofold"]],
  [channels.sharedRead, ["one.twofold\u0000.txt"]],
  [channels.sharedRead, [".ssh.twofold"]],
  [channels.sharedRead, ["id_ed25519"]],
  [channels.sharedRead, [["one.twofold"]]],
  [channels.sharedRead, [{ toString: "one.twofold" }]],
  [channels.sharedRead, [`${huge}.twofold`]],
  [channels.sharedPut, ["one.twofold"]],
  [channels.sharedPut, ["one.twofold", "text"]],
  [channels.sharedPut, ["one.twofold", new ArrayBuffer(3)]],
  [channels.sharedPut, ["one.desktop", new Uint8Array(3)]],
  [channels.sharedPut, ["../one.twofold", new Uint8Array(3)]],
  [channels.sharedRemove, ["below/one.twofold"]],
  [channels.sharedRemove, [null]],
  [channels.rendezvousOpenToNetwork, ["yes"]],
  [channels.rendezvousOpenToNetwork, [1]],
  [channels.rendezvousOpenToNetwork, []],
  [channels.networkAllow, ["wss://example.org"]],
  [channels.networkAllow, [["https://example.org"]]],
  [channels.networkAllow, [["file:///etc/passwd"]]],
  [channels.networkAllow, [["wss://"]]],
  [channels.networkAllow, [["wss://sam@example.org/"]]],
  [channels.networkAllow, [["wss://example.org/@x"]]],
  [channels.networkAllow, [["wss://*"]]],
  [channels.networkAllow, [["wss://a b"]]],
  [channels.networkAllow, [["wss://example.org\\@evil.example"]]],
  [channels.networkAllow, [["wss://example.org\n"]]],
  [channels.networkAllow, [Array.from({ length: 33 }, () => "ws://a")]],
  [channels.networkAllow, [[`ws://${huge}`]]],
  [channels.windowCopyInvitation, [""]],
  [channels.windowCopyInvitation, [huge]],
  [channels.windowCopyInvitation, [7]],
  [channels.windowStartAnew, []],
  [channels.outsideOpen, []],
  [channels.outsideOpen, ["http://example.org/"]],
  [channels.outsideOpen, ["file:///etc/passwd"]],
  [channels.outsideOpen, ["javascript:alert(1)"]],
  [channels.outsideOpen, ["https://user@example.org/"]],
  [channels.outsideOpen, ["https://example.org/ x"]],
  [channels.outsideOpen, [`https://example.org/${"x".repeat(2_048)}`]],
  [channels.windowStartAnew, ["away"]],
  [channels.windowStartAnew, [{ away: "yes" }]],
  [channels.windowStartAnew, [{ away: true, address: "https://example.com" }]],
  [channels.windowStartAnew, [{ away: false, link: "https://example.com/" }]],
  [channels.windowCamera, []],
  [channels.windowCamera, ["on"]],
  [channels.lockDone, [0]],
  [channels.lockDone, [1.5]],
  [channels.lockDone, [Number.NaN]],
  [channels.lockDone, ["1"]],
])("%s refuses %j", async (channel, values) => {
  expect(await ipc.invoke(channel, ...values)).toEqual(refusalOf(channel));
  expect(asked).toEqual([]);
  expect(logged).toEqual([]);
});
