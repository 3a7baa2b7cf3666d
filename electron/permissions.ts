import type { Session } from "electron";
import { appOrigin, originOf } from "./appOrigin.ts";
import type { Camera } from "./camera.ts";

export type PermissionSession = Pick<
  Session,
  | "setPermissionRequestHandler"
  | "setPermissionCheckHandler"
  | "setDevicePermissionHandler"
  | "setDisplayMediaRequestHandler"
  | "setBluetoothPairingHandler"
  | "on"
>;

/**
 * Everything is denied but two harmless kinds, and those only to our own page:
 * reaching this computer and the local network, without which Chromium's Local Network Access refuses the embedded
 * rendezvous and a partner in the next room (electron/network.ts still names the hosts);
 * and storage that is not thrown away when the disk runs low, because it holds the ledger.
 * The camera, pictures without sound, while the page reads an invitation with it (camera.ts).
 */
const granted: ReadonlySet<string> = new Set([
  "local-network-access",
  "local-network",
  "loopback-network",
  "persistent-storage",
]);

export const denyPermissions = (
  session: PermissionSession,
  camera: Pick<Camera, "isAllowed">,
): void => {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const types = "mediaTypes" in details ? (details.mediaTypes ?? []) : [];
    const onlyVideo = types.length > 0 && types.every((type) => type === "video");
    const wanted =
      granted.has(permission) || (permission === "media" && onlyVideo && camera.isAllowed());
    answer(wanted && isOurs(details.requestingUrl, details.isMainFrame));
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) => {
    const onlyVideo = details.mediaType === "video";
    const wanted =
      granted.has(permission) || (permission === "media" && onlyVideo && camera.isAllowed());
    return (
      wanted &&
      isOurs(requestingOrigin, details.isMainFrame && details.embeddingOrigin === undefined)
    );
  });
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }));
  session.on("select-hid-device", (event, _details, choose) => {
    event.preventDefault();
    choose();
  });
  session.on("select-usb-device", (event, _details, choose) => {
    event.preventDefault();
    choose();
  });
  session.on("select-serial-port", (event, _ports, _contents, choose) => {
    event.preventDefault();
    choose("");
  });
};

const isOurs = (address: string, isMainFrame: boolean): boolean =>
  isMainFrame && originOf(address) === appOrigin;
