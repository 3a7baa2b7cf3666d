import * as v from "valibot";
import { accept, refuse, type Result } from "../base/result.ts";
import type { ShellFacts } from "./bridge.ts";

const shellFacts = v.strictObject({
  kind: v.picklist(["electron", "browser"]),
  platform: v.picklist(["linux", "macos", "windows", "other"]),
  version: v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/)),
  profile: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,32}$/)),
});

export const parseShellFacts = (value: unknown): Result<ShellFacts, "BAD_FACTS"> => {
  const parsed = v.safeParse(shellFacts, value);
  return parsed.success ? accept(parsed.output) : refuse("BAD_FACTS");
};
