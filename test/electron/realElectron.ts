import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { _electron, type ElectronApplication } from "playwright-core";

/** Never by importing "electron": without its binary that starts a download. */
const findBinary = (): string | undefined => {
  const home = resolve("node_modules/electron");
  if (!existsSync(join(home, "path.txt"))) return undefined;
  const binary = join(home, "dist", readFileSync(join(home, "path.txt"), "utf8").trim());
  return existsSync(binary) ? binary : undefined;
};

const binary = findBinary();
const isBuilt = ["electron/main.js", "electron/preload.cjs", "renderer/index.html"].every((file) =>
  existsSync(resolve("dist", file)),
);

/** Why tests in a real window are skipped here, in a sentence for whoever runs them; undefined: they are not. */
export const whyNoWindow =
  binary === undefined
    ? "Electron's binary is not here: the tests in a real window were skipped."
    : isBuilt
      ? undefined
      : "dist/ is not built: the tests in a real window were skipped (npm run build).";

/** The built program in a window of its own; `folder` holds its profile where the system lets it. */
export const launchTwofold = (profile: string, folder: string): Promise<ElectronApplication> => {
  const hasScreen =
    process.platform !== "linux" ||
    process.env["DISPLAY"] !== undefined ||
    process.env["WAYLAND_DISPLAY"] !== undefined;
  // Chromium refuses its sandbox to root, as in many build machines; everybody else tests with it.
  const isRoot = process.getuid?.() === 0;
  return _electron.launch({
    executablePath: binary ?? "",
    args: [
      resolve("."),
      `--profile=${profile}`,
      ...(hasScreen ? [] : ["--ozone-platform=headless"]),
      ...(isRoot ? ["--no-sandbox"] : []),
    ],
    env: { ...process.env, XDG_CONFIG_HOME: folder, APPDATA: folder },
  });
};
