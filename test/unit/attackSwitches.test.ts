import { expect, test } from "vitest";
import { findRefusedSwitch } from "../../electron/refuseDebug.ts";

test("a start with --use-mock-keychain, whose key everybody knows, is refused", () => {
  expect(findRefusedSwitch(["Twofold", "--use-mock-keychain"])).toBe("--use-mock-keychain");
});
