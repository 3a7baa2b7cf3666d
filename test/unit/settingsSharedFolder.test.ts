import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sharedFolderPort } from "../../renderer/settings/sharedFolderPort.ts";
import { createCell } from "../../shared/base/live.ts";
import { accept, refuse } from "../../shared/base/result.ts";
import type { ChosenFolder } from "../../shared/bridge/chosenFolder.ts";
import { isSharedFileName } from "../../shared/bridge/sharedFileNames.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Settings } from "../../shared/journal/journal.ts";
import {
  concernsNetwork,
  firstSettings,
  readSettings,
  writeSettings,
} from "../../shared/journal/settings.ts";

beforeAll(loadSodium);

test("no shared folder is used unless somebody chooses one, and the choice comes back", () => {
  expect(firstSettings.sharedFolder).toBe(false);
  for (const strange of [{}, { sharedFolder: "yes" }, { sharedFolder: 1 }])
    expect(readSettings(strange).sharedFolder).toBe(false);
  const used = { ...firstSettings, sharedFolder: true };
  const stored: unknown = JSON.parse(JSON.stringify(writeSettings(used)));
  expect(readSettings(stored as Record<string, unknown>).sharedFolder).toBe(true);
  expect(concernsNetwork(firstSettings, used)).toBe(true);
});

test("what is seen in a shared folder is a plain name with the ending of a capsule", () => {
  for (const name of ["a.twofold", "A.TWOFOLD", "a b (1).twofold", `${"a".repeat(247)}.twofold`])
    expect(isSharedFileName(name)).toBe(true);
  for (const name of ["a.twofold ", "a.twofold.", "a.twofold\u0085", "\u0007a.twofold", "twofold"])
    expect(isSharedFileName(name)).toBe(false);
});

/** A shell and a journal that write down what they are asked. */
const make = (folder: ChosenFolder, sharedFolder: boolean) => {
  const settings = createCell<Settings>({ ...firstSettings, sharedFolder });
  const did: string[] = [];
  const at = { folder, chooses: undefined as string | undefined, keeps: true, disk: true };
  const port = sharedFolderPort(
    {
      folder: async () => at.folder,
      chooseFolder: async () => {
        if (!at.disk) return refuse("DISK_FULL");
        if (at.chooses !== undefined) at.folder = { state: "ready", name: at.chooses };
        return accept(at.folder);
      },
      askAgain: async () => at.folder,
      forgetFolder: async () => {
        did.push("forgot");
        at.folder = { state: "none" };
        return accept(undefined);
      },
    },
    {
      settings,
      changeSettings: async (change) => {
        if (!at.keeps) return refuse("DISK_FULL");
        did.push(change.sharedFolder === true ? "on" : "off");
        settings.set({ ...settings.read(), ...change });
        return accept(undefined);
      },
    },
  );
  return { port, at, did, settings };
};
let made = make({ state: "none" }, false);
beforeEach(() => {
  made = make({ state: "none" }, false);
});
const ours = { state: "ready", name: "Ours" } as const;

describe("choosing", () => {
  test("a folder begins its use", async () => {
    made.at.chooses = "Ours";
    expect(await made.port.chooseFolder()).toEqual(accept(ours));
    expect(made.settings.read().sharedFolder).toBe(true);
    expect(await made.port.folder()).toEqual(ours);
  });

  test("none begins nothing", async () => {
    expect(await made.port.chooseFolder()).toEqual(accept({ state: "none" }));
    expect(made.did).not.toContain("on");
  });

  test("another lets what carries begin anew", async () => {
    made = make(ours, true);
    made.at.chooses = "Others";
    expect(await made.port.chooseFolder()).toEqual(accept({ state: "ready", name: "Others" }));
    expect(made.did).toEqual(["off", "on"]);
  });

  test("none does not bring back one that was not used any more", async () => {
    made = make(ours, false);
    expect(await made.port.folder()).toEqual({ state: "none" });
    expect(await made.port.chooseFolder()).toEqual(accept({ state: "none" }));
    expect(made.settings.read().sharedFolder).toBe(false);
  });

  test("is refused where it could not be kept, and nothing is used that was not", async () => {
    made.at.chooses = "Ours";
    made.at.keeps = false;
    expect(await made.port.chooseFolder()).toMatchObject({ code: "NOT_KEPT" });
    expect(await made.port.folder()).toEqual({ state: "none" });
    made.at.disk = false;
    expect(await made.port.chooseFolder()).toMatchObject({ code: "DISK_FULL" });
  });
});

describe("stopping", () => {
  test("ends the use before the folder is forgotten", async () => {
    made = make(ours, true);
    expect(await made.port.forgetFolder()).toEqual(accept(undefined));
    expect(made.did).toEqual(["off", "forgot"]);
    expect(await made.port.folder()).toEqual({ state: "none" });
  });

  test("that could not be kept forgets nothing", async () => {
    made = make(ours, true);
    made.at.keeps = false;
    expect(await made.port.forgetFolder()).toMatchObject({ code: "NOT_KEPT" });
    expect(await made.port.folder()).toEqual(ours);
  });
});

test("a browser without folders says so, whatever the settings are", async () => {
  for (const used of [true, false])
    expect(await make({ state: "notOffered" }, used).port.folder()).toEqual({
      state: "notOffered",
    });
});
