/**
 * Switches that let another program look into this one, or that take a wall away. A packaged build that was started
 * with one of them does not open: an entry in a desktop file is all it would take to read along.
 */
const looksInside = [
  "remote-debugging",
  "remote-allow-origins",
  "inspect",
  "debug",
  "js-flags",
  "log-net-log",
  "net-log",
  "ssl-key-log-file",
  "auto-open-devtools",
  "enable-logging",
  "log-file",
  "dump-",
  "load-extension",
  "enable-automation",
];
const opensWalls = [
  "no-sandbox",
  "disable-web-security",
  "disable-site-isolation",
  "disable-gpu-sandbox",
  "disable-setuid-sandbox",
  "disable-seccomp",
  "disable-namespace-sandbox",
  "single-process",
  "in-process-gpu",
  "ignore-certificate",
  "allow-insecure",
  "allow-running-insecure",
  "unsafely-treat",
  "host-rules",
  "host-resolver-rules",
  "proxy-server",
  "proxy-pac-url",
  "use-fake",
  "use-mock",
  "auto-accept",
  "auto-select",
  "disable-csp",
  "user-data-dir",
  "browser-subprocess-path",
  "renderer-cmd-prefix",
  "renderer-process-limit",
  "utility-cmd-prefix",
  "gpu-launcher",
  "require",
  "import",
  "experimental-loader",
];
const refusedStarts = [...looksInside, ...opensWalls];

/** The first such switch on the command line, as it was written without its value; undefined when there is none. */
export const findRefusedSwitch = (argv: readonly string[]): string | undefined => {
  for (const word of argv.slice(1)) {
    // Chromium takes one dash, two, and on Windows a slash.
    const name = /^(?:--?|\/)([^=/]+)/.exec(word)?.[1]?.toLowerCase();
    if (name !== undefined && refusedStarts.some((start) => name.startsWith(start)))
      return `--${name}`;
  }
  return undefined;
};

export const refusedSwitchSentence = (name: string): string =>
  name === "--no-sandbox"
    ? "Twofold does not open without the system's sandbox (--no-sandbox). Nothing was opened. On this Linux, install the deb or rpm package in place of the AppImage."
    : `Twofold does not open with ${name}, which would let another program look in. Nothing was opened. Start it without that.`;
