import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../support/rulesCheck.ts";
import { findShellBreaks } from "../support/shellRules.ts";

const sources = readdirSync(join(projectRoot, "electron"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => ({
    path: `electron/${name}`,
    code: readFileSync(join(projectRoot, "electron", name), "utf8"),
  }));

/** Whoever asks first, and takes nothing but https. */
const allowed = { "electron/outside.ts": ["hands an address to another program"] };

test("the shell reports no crash, opens nothing outside, takes no wall down and fetches no dictionary", () => {
  expect(sources.length).toBeGreaterThan(30);
  expect(findShellBreaks(sources, allowed)).toEqual([]);
});

test.each([
  ["crashReporter.start({ submitURL })", "sends reports of crashes"],
  ["void shell.openExternal(url)", "hands an address to another program"],
  ["webPreferences: { nodeIntegration: true }", "takes down the wall to the page"],
  ["webPreferences: { sandbox: false }", "takes away the sandbox"],
  ["privileges: { bypassCSP: true }", "gets round the policy"],
  ["contents.executeJavaScript(text)", "runs words as code in the page"],
  ["session.setSpellCheckerEnabled(true)", "fetches dictionaries"],
  [
    'contextBridge.exposeInMainWorld("ipc", ipcRenderer)',
    "puts a private key on the page's object",
  ],
])("%s is caught, and a comment about it is not", (code, name) => {
  expect(findShellBreaks([{ path: "electron/x.ts", code }])).toEqual([`electron/x.ts: ${name}`]);
  expect(findShellBreaks([{ path: "electron/x.ts", code: `// ${code}` }])).toEqual([]);
});
