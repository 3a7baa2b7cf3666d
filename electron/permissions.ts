import type { Session } from "electron";
import { appOrigin, originOf } from "./appOrigin.ts";

export type PermissionSession = Pick<
  Session,
  | "setPermissionRequestHandler"
  | "setPermissionCheckHandler"
  | "setDevicePermissionHandler"
  | "setDisplayMediaRequestHandler"
  | "setBluetoothPairingHandler"
>;

/**
 * Everything is denied but two harmless kinds, and those only to our own page:
 * reaching this computer and the local network, without which Chromium's Local Network Access refuses the embedded
 * rendezvous and a partner in the next room (electron/network.ts still names the hosts);
 * and storage that is not thrown away when the disk runs low, because it holds the ledger.
 */
const granted: ReadonlySet<string> = new Set([
  "local-network-access",
  "local-network",
  "loopback-network",
  "persistent-storage",
]);

export const denyPermissions = (session: PermissionSession): void => {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(isGranted(permission, details.requestingUrl, details.isMainFrame));
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) =>
    isGranted(
      permission,
      requestingOrigin,
      details.isMainFrame && details.embeddingOrigin === undefined,
    ),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }));
};

const isGranted = (permission: string, address: string, isMainFrame: boolean): boolean =>
  isMainFrame && granted.has(permission) && originOf(address) === appOrigin;
