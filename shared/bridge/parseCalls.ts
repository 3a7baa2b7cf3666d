import * as v from "valibot";
import { accept, refuse, type Result } from "../base/result.ts";
import { backupBytesAtOnce } from "./backupFiles.ts";
import { safeFileNames, type SafeFileName } from "./bridge.ts";
import { stepOutKeys, type DesktopChange } from "./desktop.ts";
import { isDocumentName, isHandedAddress } from "./documents.ts";
import { openedBytesAtOnce } from "./openedFiles.ts";
import { type ShellLanguage, shellLanguages } from "./shellLanguage.ts";
import { isSharedFileName } from "./sharedFileNames.ts";

/**
 * The arguments of every call that crosses the bridge, as the receiving side must see them before it acts.
 * Too few, too many or foreign values: BAD_REQUEST. Sizes with a code of their own (TOO_LARGE) are judged later.
 */
export type Parsed<Values extends readonly unknown[]> = Result<Values, "BAD_REQUEST">;

const readTuple =
  <Values extends readonly unknown[]>(schema: v.GenericSchema<unknown, Values>) =>
  (values: readonly unknown[]): Parsed<Values> => {
    const parsed = v.safeParse(schema, values);
    return parsed.success ? accept(parsed.output) : refuse("BAD_REQUEST");
  };

const socketAddress = v.pipe(
  v.string(),
  v.maxLength(2048),
  v.regex(
    /^wss?:\/\/(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?(?:\/[^\s#@\\]*)?$/i,
  ),
);

export const parseNoArguments: (values: readonly unknown[]) => Parsed<[]> = readTuple(
  v.strictTuple([]),
);

export const parseSafeFileName: (values: readonly unknown[]) => Parsed<[SafeFileName]> = readTuple(
  v.strictTuple([v.picklist(safeFileNames)]),
);

export const parseSafeWrite: (values: readonly unknown[]) => Parsed<[SafeFileName, Uint8Array]> =
  readTuple(v.strictTuple([v.picklist(safeFileNames), v.instance(Uint8Array)]));

export const parseOpenToNetwork: (values: readonly unknown[]) => Parsed<[boolean]> = readTuple(
  v.strictTuple([v.boolean()]),
);

export const parseAddresses: (values: readonly unknown[]) => Parsed<[string[]]> = readTuple(
  v.strictTuple([v.pipe(v.array(socketAddress), v.maxLength(32))]),
);

export const parseInvitation: (values: readonly unknown[]) => Parsed<[string]> = readTuple(
  v.strictTuple([v.pipe(v.string(), v.minLength(1), v.maxLength(4096))]),
);

export const parseDocumentName: (values: readonly unknown[]) => Parsed<[string]> = readTuple(
  v.strictTuple([v.pipe(v.string(), v.check(isDocumentName))]),
);

export const parseHandedAddress: (values: readonly unknown[]) => Parsed<[string]> = readTuple(
  v.strictTuple([v.pipe(v.string(), v.check(isHandedAddress))]),
);

const desktopSwitches = [
  "tray",
  "staysInTray",
  "startsMinimised",
  "startsAtLogin",
  "notices",
  "hidesFromCapture",
] as const satisfies readonly DesktopChange["name"][];

export const parseDesktopChange: (values: readonly unknown[]) => Parsed<[DesktopChange]> =
  readTuple(
    v.strictTuple([
      v.union([
        v.strictObject({ name: v.picklist(desktopSwitches), to: v.boolean() }),
        v.strictObject({ name: v.literal("stepOutKeys"), to: v.picklist(stepOutKeys) }),
      ]),
    ]),
  );

export const parseShellLanguage: (values: readonly unknown[]) => Parsed<[ShellLanguage]> =
  readTuple(v.strictTuple([v.picklist(shellLanguages)]));

export const parseLockTicket: (values: readonly unknown[]) => Parsed<[number]> = readTuple(
  v.strictTuple([v.pipe(v.number(), v.safeInteger(), v.minValue(1))]),
);

const ticket = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const offset = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const parseOpenedFile: (values: readonly unknown[]) => Parsed<[number]> = readTuple(
  v.strictTuple([ticket]),
);

export const parseOpenedRead: (values: readonly unknown[]) => Parsed<[number, number, number]> =
  readTuple(v.strictTuple([ticket, offset, v.pipe(offset, v.maxValue(openedBytesAtOnce))]));

export const parseBackupPlace: (values: readonly unknown[]) => Parsed<["folder" | "ask"]> =
  readTuple(v.strictTuple([v.picklist(["folder", "ask"])]));

export const parseBackupTicket: (values: readonly unknown[]) => Parsed<[number]> = readTuple(
  v.strictTuple([ticket]),
);

export const parseBackupWrite: (values: readonly unknown[]) => Parsed<[number, Uint8Array]> =
  readTuple(
    v.strictTuple([
      ticket,
      v.pipe(
        v.instance(Uint8Array),
        v.check(({ length }) => length <= backupBytesAtOnce),
      ),
    ]),
  );

export const parseBackupRead: (values: readonly unknown[]) => Parsed<[number, number, number]> =
  readTuple(v.strictTuple([ticket, offset, v.pipe(offset, v.maxValue(backupBytesAtOnce))]));

const sharedFileName = v.pipe(v.string(), v.check(isSharedFileName));

export const parseSharedFileName: (values: readonly unknown[]) => Parsed<[string]> = readTuple(
  v.strictTuple([sharedFileName]),
);

export const parseSharedPut: (values: readonly unknown[]) => Parsed<[string, Uint8Array]> =
  readTuple(v.strictTuple([sharedFileName, v.instance(Uint8Array)]));
