import { rmSync } from "node:fs";
import { buildScreens, builtScreens } from "./serve.ts";

/** Before the browser tests of a run: their screens are built once for all of them. */
export const setup = async (): Promise<() => void> => {
  const folder = await buildScreens();
  process.env[builtScreens] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
};
