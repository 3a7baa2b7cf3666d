import type { ShellFacts } from "../shared/bridge/bridge.ts";

export const readPlatform = (platform: NodeJS.Platform): ShellFacts["platform"] => {
  if (platform === "linux") return "linux";
  if (platform === "darwin") return "macos";
  return platform === "win32" ? "windows" : "other";
};
