/** What the main process and its preload never do. Each pattern with the reason why. */
const never: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["sends reports of crashes", /\bcrashReporter\b/],
  ["hands an address to another program", /\bopenExternal\b|\bopenPath\b|\bshowItemInFolder\b/],
  [
    "takes down the wall to the page",
    /\b(?:nodeIntegration\w*|webviewTag|plugins|allowRunningInsecureContent|experimentalFeatures|navigateOnDragDrop)\s*:\s*true\b/,
  ],
  ["takes away the sandbox", /\b(?:sandbox|contextIsolation|webSecurity)\s*:\s*false\b/],
  ["gets round the policy", /\bbypassCSP\b|\bcodeCache\s*:\s*true/],
  [
    "runs words as code in the page",
    /\bexecuteJavaScript\w*\b|\binsertCSS\b|\bnew Function\b|\beval\(/,
  ],
  [
    "fetches dictionaries",
    /\bsetSpellCheckerDictionaryDownloadURL\b|\bsetSpellCheckerEnabled\(true\)|\bspellcheck\s*:\s*true\b/,
  ],
  ["puts a private key on the page's object", /exposeInMainWorld\([^)]*ipcRenderer\s*\)/],
];

/** `allowed`: what a file may do all the same, because it is the one place for it. */
export const findShellBreaks = (
  sources: readonly { readonly path: string; readonly code: string }[],
  allowed: Readonly<Record<string, readonly string[]>> = {},
): string[] =>
  sources.flatMap(({ path, code }) => {
    const bare = code.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/(^|\s)\/\/.*$/gm, "");
    return never
      .filter(([name, pattern]) => pattern.test(bare) && allowed[path]?.includes(name) !== true)
      .map(([name]) => `${path}: ${name}`);
  });
