import type { Session, WebContents } from "electron";
import { withEvents } from "./emitter.ts";

type RequestHandler = Parameters<Session["setPermissionRequestHandler"]>[0];
type CheckHandler = Parameters<Session["setPermissionCheckHandler"]>[0];
type DeviceHandler = Parameters<Session["setDevicePermissionHandler"]>[0];
type DisplayHandler = Parameters<Session["setDisplayMediaRequestHandler"]>[0];
type PairingHandler = Parameters<Session["setBluetoothPairingHandler"]>[0];
type ProtocolHandler = Parameters<Session["protocol"]["handle"]>[1];
type BeforeRequest = (
  details: { readonly url: string },
  answer: (response: { cancel?: boolean }) => void,
) => void;

type Permission = Parameters<NonNullable<RequestHandler>>[1];
type CheckPermission = Parameters<NonNullable<CheckHandler>>[1];

const nobody = {} as WebContents;

/** A session whose handlers can be asked as Chromium would ask them. Nothing set: Electron's own lax default. */
export const createStandInSession = () => {
  const set = {
    request: null as RequestHandler,
    check: null as CheckHandler,
    device: null as DeviceHandler,
    display: null as DisplayHandler,
    pairing: null as PairingHandler,
    beforeRequest: undefined as BeforeRequest | undefined,
    spellChecker: true,
    protocols: new Map<string, ProtocolHandler>(),
  };
  const members = {
    setPermissionRequestHandler: (handler: RequestHandler) => {
      set.request = handler;
    },
    setPermissionCheckHandler: (handler: CheckHandler) => {
      set.check = handler;
    },
    setDevicePermissionHandler: (handler: DeviceHandler) => {
      set.device = handler;
    },
    setDisplayMediaRequestHandler: (handler: DisplayHandler) => {
      set.display = handler;
    },
    setBluetoothPairingHandler: (handler: PairingHandler) => {
      set.pairing = handler;
    },
    setSpellCheckerEnabled: (enabled: boolean) => {
      set.spellChecker = enabled;
    },
  } satisfies Partial<Session>;
  const emitter = withEvents({
    ...members,
    protocol: {
      handle: (scheme: string, handler: ProtocolHandler) => set.protocols.set(scheme, handler),
    },
    webRequest: {
      onBeforeRequest: (listener: BeforeRequest) => {
        set.beforeRequest = listener;
      },
    },
  });

  const asksPermission = (
    permission: Permission,
    requestingUrl: string,
    isMainFrame = true,
    mediaTypes?: ("video" | "audio")[],
  ): boolean => {
    if (set.request === null) return true;
    let granted: boolean | undefined;
    set.request(nobody, permission, (answer) => (granted = answer), {
      requestingUrl,
      isMainFrame,
      ...(mediaTypes === undefined ? {} : { mediaTypes }),
    });
    if (granted === undefined) throw new Error("the permission request was never answered");
    return granted;
  };

  const checksPermission = (
    permission: CheckPermission,
    origin: string,
    details: {
      isMainFrame: boolean;
      embeddingOrigin?: string;
      mediaType?: "video" | "audio" | "unknown";
    } = { isMainFrame: true },
  ): boolean => set.check === null || set.check(nobody, permission, origin, details);

  const requests = (url: string): "sent" | "cancelled" => {
    let cancelled = false;
    let answered = set.beforeRequest === undefined;
    set.beforeRequest?.({ url }, ({ cancel }) => {
      cancelled = cancel === true;
      answered = true;
    });
    if (!answered) throw new Error("the request was left hanging");
    return cancelled ? "cancelled" : "sent";
  };

  return {
    session: emitter as unknown as Session,
    emitter,
    set,
    asksPermission,
    checksPermission,
    requests,
  };
};
