import { beforeEach, describe, expect, test } from "vitest";
import { channels } from "../../electron/channels.ts";
import { answerCalls, type MainSide } from "../../electron/ipc.ts";
import { accept } from "../../shared/base/result.ts";
import { createStandInIpc, ownFrame, type StandInFrame } from "../electron/standInIpc.ts";

type Asked = readonly [string, ...unknown[]];

let asked: Asked[] = [];
let logged: string[] = [];
let breaks = false;
let ipc = createStandInIpc();

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
    documents: {
      pdf: async (name) => {
        hear("pdf", name);
        return accept("saved" as const);
      },
    },
    deviceSecret: {
      obtain: async () => {
        hear("obtain");
        return accept({ secret: new Uint8Array(32), kept: "nowhere" as const });
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
    window: {
      hide: async () => {
        hear("hide");
        return true;
      },
      copyInvitation: async (text) => {
        hear("copyInvitation", text);
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
    log: (line) => logged.push(line),
  });
});

const badRequest = { ok: false, code: "BAD_REQUEST" };
const refusals: Record<string, unknown> = {
  [channels.backupsFolder]: { state: "none" },
  [channels.backupsAskAgain]: { state: "none" },
  [channels.rendezvousAddresses]: [],
  [channels.windowHide]: false,
  [channels.windowCopyInvitation]: false,
  [channels.lockDone]: false,
  [channels.pairingLinkAwaited]: false,
};
const refusalOf = (channel: string) => refusals[channel] ?? badRequest;

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
  [channels.documentsPdf]: ["Writing 2026-11-22"],
  [channels.deviceSecretObtain]: [],
  [channels.rendezvousAddresses]: [],
  [channels.rendezvousOpenToNetwork]: [true],
  [channels.networkAllow]: [["wss://meet.example.org/room", "ws://[fd00::1]:47180"]],
  [channels.windowHide]: [],
  [channels.windowCopyInvitation]: ["twofold://pair#abc"],
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
    if (channel === channels.lockDone || channel === channels.pairingLinkAwaited) return;
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
  [channels.backupsKeep, ["Twofold-1a2b3c4d-20261122-071530.twofold"]],
  [channels.backupsDiscard, [null]],
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
  [channels.lockDone, [0]],
  [channels.lockDone, [1.5]],
  [channels.lockDone, [Number.NaN]],
  [channels.lockDone, ["1"]],
])("%s refuses %j", async (channel, values) => {
  expect(await ipc.invoke(channel, ...values)).toEqual(refusalOf(channel));
  expect(asked).toEqual([]);
  expect(logged).toEqual([]);
});
