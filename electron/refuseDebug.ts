/**
 * Switches that let another program look into this one, or that take a wall away. A packaged build that was started
 * with one of them does not open: an entry in a desktop file is all it would take to read along.
 */
const looksInside = [
  "remote-",
  "inspect",
  "debug",
  "devtools",
  "custom-devtools",
  "auto-open-devtools",
  "wait-for-debugger",
  "renderer-startup-dialog",
  "gpu-startup-dialog",
  "utility-startup-dialog",
  "js-flags",
  "expose-",
  "log-net-log",
  "net-log",
  "ssl-key-log-file",
  "enable-logging",
  "log-file",
  "v8-",
  "webrtc-event-logging",
  "enable-webrtc-",
  "trace-",
  "enable-tracing",
  "cpu-prof",
  "heap-prof",
  "heapsnapshot",
  "diagnostic-dir",
  "report-",
  "memlog",
  "enable-heap-profiling",
  "dump-",
  "crash-dumps-dir",
  "enable-crash-reporter",
  "load-extension",
  "disable-extensions-except",
  "enable-automation",
  "test-type",
  "headless",
  "screenshot",
  "print-to-pdf",
];
const opensWalls = [
  "disable-web-security",
  "disable-site-isolation",
  "disable-features",
  "disable-blink-features",
  "enable-blink",
  "enable-experimental",
  "enable-mojo",
  "enable-unsafe",
  "force-fieldtrials",
  "single-process",
  "in-process-gpu",
  "process-per-site",
  "ignore-certificate",
  "allow-",
  "unsafely-",
  "host-rules",
  "host-resolver-rules",
  "proxy-",
  "use-fake",
  "use-file-for-fake",
  "use-mock",
  "auto-accept",
  "auto-select",
  "disable-csp",
  "bypass-csp",
  "user-data-dir",
  "browser-subprocess-path",
  "renderer-cmd-prefix",
  "renderer-process-limit",
  "utility-cmd-prefix",
  "plugin-launcher",
  "gpu-launcher",
  "type",
  "app",
  "require",
  "import",
  "loader",
  "experimental-loader",
  "openssl-config",
  "preserve-symlinks",
];
const refusedStarts = [...looksInside, ...opensWalls];
/** Too short to stand for whatever begins like them. */
const refusedWhole: ReadonlySet<string> = new Set(["type", "app", "loader", "require", "import"]);

/** What a Linux desktop is made to work with; every other feature may be a wall. */
const harmlessFeatures = /^(?:Wayland|UseOzone|Vaapi|AcceleratedVideo|Vulkan)[A-Za-z]*$/;

/** The first such switch on the command line, as it was written without its value; undefined when there is none. */
export const findRefusedSwitch = (argv: readonly string[]): string | undefined => {
  for (const word of argv.slice(1)) {
    // Chromium takes one dash, two, and on Windows a slash.
    const [, written = "", value = ""] = /^(?:--?|\/)([^=/]+)(?:=(.*))?$/s.exec(word) ?? [];
    const name = written.toLowerCase();
    if (name !== "" && isRefused(name, value)) return `--${name}`;
  }
  return undefined;
};

const isRefused = (name: string, value: string): boolean => {
  if (name === "enable-features")
    return !value.split(",").every((feature) => harmlessFeatures.test(feature));
  // Each system has its own sandboxes, and each of them a switch of its own.
  if (/^(?:no|disable)-(?:.*-)?(?:sandbox|zygote)/.test(name)) return true;
  return refusedStarts.some((start) =>
    refusedWhole.has(start) ? name === start : name.startsWith(start),
  );
};

/** Writes keys of connections, or what the page says, into a file; Chromium reads them whatever our fuses are. */
const refusedVariables = ["SSLKEYLOGFILE", "ELECTRON_LOG_FILE", "ELECTRON_ENABLE_LOGGING"];

/** The same for variables of the environment. Those of Node are turned off in the binary (electron-builder.yml). */
export const findRefusedVariable = (
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined =>
  refusedVariables.find((name) => {
    const value = environment[name];
    return value !== undefined && value !== "";
  });
