import { EventEmitter } from "node:events";
import { describe, expect, test } from "vitest";
import { createCamera } from "../../electron/camera.ts";
import { judgeSpelling } from "../../electron/judgeSpelling.ts";
import { keepInPlace } from "../../electron/navigation.ts";
import { quietChromium } from "../../electron/network.ts";
import { denyPermissions } from "../../electron/permissions.ts";
import { findRefusedSwitch, findRefusedVariable } from "../../electron/refuseDebug.ts";
import { createSecretGate } from "../../electron/secretGate.ts";
import { createStartAnew } from "../../electron/startAnew.ts";
import { askSecretOnce } from "../../renderer/shell/askSecretOnce.ts";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import type { DeviceSecret, DeviceSecretCode, ObtainedSecret } from "../../shared/bridge/bridge.ts";
import { pageHeaders } from "../../shared/bridge/contentSecurityPolicy.ts";
import { emitCancellable } from "../electron/emitter.ts";
import { createStandIn } from "../electron/standIn.ts";
import { createStandInContents, createStandInWindow } from "../electron/standInContents.ts";
import { createStandInSession } from "../electron/standInSession.ts";

const own = "app://twofold/";

describe("the camera", () => {
  const withCamera = () => {
    const camera = createCamera();
    const session = createStandInSession();
    denyPermissions(session.session, camera);
    const gives = (types?: ("video" | "audio")[], address = own, main = true): boolean =>
      session.asksPermission("media", address, main, types);
    const checks = (mediaType: "video" | "audio" | "unknown"): boolean =>
      session.checksPermission("media", "app://twofold", { isMainFrame: true, mediaType });
    return { camera, gives, checks };
  };

  test("is given to our page while it reads an invitation, without sound, and to nobody else", async () => {
    const { camera, gives, checks } = withCamera();
    expect(gives(["video"])).toBe(false);
    await camera.allow(true);
    expect(gives(["video"])).toBe(true);
    expect(checks("video")).toBe(true);
    expect(gives(["video", "audio"])).toBe(false);
    expect(gives(["audio"])).toBe(false);
    expect(gives([])).toBe(false);
    expect(gives()).toBe(false);
    expect(checks("audio")).toBe(false);
    expect(checks("unknown")).toBe(false);
    expect(gives(["video"], "https://example.com/")).toBe(false);
    expect(gives(["video"], own, false)).toBe(false);
  });

  test("is taken away on leaving that screen, and when the page locks or is gone", async () => {
    const { camera, gives, checks } = withCamera();
    await camera.allow(true);
    await camera.allow(false);
    expect(gives(["video"])).toBe(false);
    await camera.allow(true);
    camera.end();
    expect(gives(["video"])).toBe(false);
    expect(checks("video")).toBe(false);
  });

  test("is our own page's by the page's headers too, and no other device is anyone's", () => {
    const said = pageHeaders["Permissions-Policy"];
    expect(said).toContain("camera=(self)");
    for (const none of [
      "microphone",
      "geolocation",
      "display-capture",
      "usb",
      "serial",
      "hid",
      "bluetooth",
    ])
      expect(said).toContain(`${none}=()`);
  });
});

describe("devices", () => {
  test.each(["select-hid-device", "select-usb-device"])("%s ends without one", (name) => {
    const { session, emitter } = createStandInSession();
    denyPermissions(session, createCamera());
    const chosen: unknown[][] = [];
    expect(emitCancellable(emitter, name, {}, (...values: unknown[]) => chosen.push(values))).toBe(
      true,
    );
    expect(chosen).toEqual([[]]);
  });

  test("select-serial-port and select-bluetooth-device end without one", () => {
    const { session, emitter } = createStandInSession();
    const page = createStandInContents();
    denyPermissions(session, createCamera());
    keepInPlace(page.contents);
    const chosen: unknown[] = [];
    const choose = (value: unknown) => chosen.push(value);
    expect(emitCancellable(emitter, "select-serial-port", [{ portId: "1" }], {}, choose)).toBe(
      true,
    );
    expect(emitCancellable(page.emitter, "select-bluetooth-device", [{}], choose)).toBe(true);
    expect(chosen).toEqual(["", ""]);
  });
});

type Obtained = Result<ObtainedSecret, DeviceSecretCode>;

const keychain = () => {
  let answer: Obtained = accept({ secret: new Uint8Array(32).fill(7), kept: "keychain" });
  let asked = 0;
  const secret: DeviceSecret = {
    obtain: async () => {
      asked += 1;
      return answer;
    },
    renew: async () => accept({ secret: new Uint8Array(32).fill(8), kept: "keychain" }),
    forgetEarlier: async () => accept(undefined),
  };
  return {
    secret,
    asked: () => asked,
    says: (next: Obtained) => {
      answer = next;
    },
  };
};

describe("the keychain's secret", () => {
  test("crosses once: what asks beside an unlocked journal asks in vain", async () => {
    const { secret, asked } = keychain();
    const gate = createSecretGate(secret);
    const both = await Promise.all([gate.secret.obtain(), gate.secret.obtain()]);
    expect(both.map(({ ok }) => ok)).toEqual([true, false]);
    expect(await gate.secret.obtain()).toMatchObject({ ok: false, code: "BAD_REQUEST" });
    expect(asked()).toBe(1);
  });

  test("goes to a page that was loaded anew", async () => {
    const gate = createSecretGate(keychain().secret);
    await gate.secret.obtain();
    gate.pageGone();
    expect((await gate.secret.obtain()).ok).toBe(true);
    expect((await gate.secret.obtain()).ok).toBe(false);
  });

  test("is asked for again where the keychain did not give it", async () => {
    const { secret, says } = keychain();
    const gate = createSecretGate(secret);
    says(refuse("KEYCHAIN_REFUSED"));
    expect(await gate.secret.obtain()).toMatchObject({ code: "KEYCHAIN_REFUSED" });
    says(accept({ secret: new Uint8Array(32), kept: "keychain" }));
    expect((await gate.secret.obtain()).ok).toBe(true);
  });

  test("serves every try at the door, and whoever overwrites theirs leaves the others' whole", async () => {
    const { secret, asked } = keychain();
    const once = askSecretOnce(createSecretGate(secret).secret);
    const tries = await Promise.all([once.obtain(), once.obtain()]);
    for (const one of tries) if (one.ok) one.value.secret.fill(0);
    const third = await once.obtain();
    expect(third.ok && third.value.secret).toEqual(new Uint8Array(32).fill(7));
    expect(asked()).toBe(1);
    await once.renew();
    const renewed = await once.obtain();
    expect(renewed.ok && renewed.value.secret).toEqual(new Uint8Array(32).fill(8));
  });

  test("that was refused is not remembered as refused", async () => {
    const { secret, says } = keychain();
    const once = askSecretOnce(createSecretGate(secret).secret);
    says(refuse("KEYCHAIN_REFUSED"));
    expect((await once.obtain()).ok).toBe(false);
    says(accept({ secret: new Uint8Array(32), kept: "keychain" }));
    expect((await once.obtain()).ok).toBe(true);
  });
});

describe("after locking, the page", () => {
  const withWindow = () => {
    const made = createStandInWindow();
    const told: string[] = [];
    const startAnew = createStartAnew({
      window: () => made.window,
      pageGone: () => told.push("gone"),
      keepLink: (link) => told.push(link),
      log: (line) => told.push(line),
    });
    return { ...made, told, startAnew };
  };
  const settle = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

  test("is loaded anew after it has been answered, and there is no way back to the one before", async () => {
    const { seen, page, told, startAnew } = withWindow();
    expect(await startAnew({ away: false })).toBe(true);
    expect(seen.loaded).toEqual([]);
    await settle();
    expect(seen.loaded).toEqual(["app://twofold/"]);
    expect(told).toEqual(["gone"]);
    expect(page.seen.pastCleared).toBe(1);
  });

  test("comes back as the blank sheet, by its address", async () => {
    const { seen, startAnew } = withWindow();
    await startAnew({ away: true });
    await settle();
    // A hash would only move within the page that is to go.
    expect(seen.loaded).toEqual(["app://twofold/?sheet"]);
  });

  test("is handed the link that nobody had taken up, after what it held was let go", async () => {
    const { told, startAnew } = withWindow();
    await startAnew({ away: false, link: "twofold://pair#AAA" });
    expect(told).toEqual(["gone", "twofold://pair#AAA"]);
  });

  test("of a window that is gone is not loaded", async () => {
    const { window, seen, startAnew } = withWindow();
    expect(await startAnew({ away: false })).toBe(true);
    window.destroy();
    await settle();
    expect(seen.loaded).toEqual([]);
    expect(await startAnew({ away: false })).toBe(false);
  });
});

describe("what would look in or open a wall", () => {
  test.each([
    "--remote-debugging-pipe",
    "--remote-allow-origins=*",
    "--inspect-port=0",
    "--inspect-publish-uid=http",
    "--enable-logging=file",
    "--trace-startup",
    "--trace-to-file=/tmp/x",
    "--cpu-prof",
    "--heapsnapshot-signal=SIGUSR2",
    "--report-on-signal",
    "--webrtc-event-logging=/tmp/x",
    "--crash-dumps-dir=/tmp/x",
    "--disable-extensions-except=/tmp/x",
    "--disable-gpu-sandbox",
    "--disable-setuid-sandbox",
    "--disable-seccomp-filter-sandbox",
    "--no-zygote",
    "--no-zygote-sandbox",
    "--disable-site-isolation-trials",
    "--disable-features=IsolateOrigins",
    "--disable-blink-features=TrustedDOMTypes",
    "--enable-blink-features=MojoJS",
    "--enable-features=SomethingElse",
    "--enable-features=UseOzonePlatform,SomethingElse",
    "--allow-file-access-from-files",
    "--allow-insecure-localhost",
    "--unsafely-treat-insecure-origin-as-secure=http://a",
    "--ignore-certificate-errors-spki-list=x",
    "--proxy-server=evil",
    "--proxy-pac-url=http://a/x.pac",
    "--proxy-bypass-list=*",
    "--host-resolver-rules=MAP * evil",
    "--use-fake-device-for-media-stream",
    "--use-file-for-fake-video-capture=/tmp/x",
    "--type=renderer",
    "--app=/tmp/other",
    "--require=/tmp/x.js",
  ])("%s is refused", (word) => {
    expect(findRefusedSwitch(["twofold", word])).toBe(word.split("=")[0]);
  });

  test.each([
    "--enable-features=UseOzonePlatform,WaylandWindowDecorations",
    "--ozone-platform-hint=auto",
    "--force-device-scale-factor=1.5",
    "--disable-gpu",
    "--enable-wayland-ime",
    "--password-store=gnome-libsecret",
    "--lang=en-GB",
    "--profile=sam",
    "/home/app/notes.twofold",
  ])("%s is an ordinary start", (word) => {
    expect(findRefusedSwitch(["twofold", word])).toBeUndefined();
  });

  test("variables that write keys or pages into files are refused; others, and empty ones, are not", () => {
    expect(findRefusedVariable({ SSLKEYLOGFILE: "/tmp/keys" })).toBe("SSLKEYLOGFILE");
    expect(findRefusedVariable({ ELECTRON_LOG_FILE: "/tmp/log" })).toBe("ELECTRON_LOG_FILE");
    expect(findRefusedVariable({ ELECTRON_ENABLE_LOGGING: "1" })).toBe("ELECTRON_ENABLE_LOGGING");
    expect(findRefusedVariable({ SSLKEYLOGFILE: "", HOME: "/home/sam" })).toBeUndefined();
  });
});

test("nothing that anything fetched is kept on the disk", () => {
  const { app } = createStandIn();
  quietChromium(app.app);
  expect(app.seen.switches.has("disable-http-cache")).toBe(true);
});

describe("spelling", () => {
  const asked = async (judge: (words: readonly string[]) => Promise<readonly string[]>) => {
    const given = new EventEmitter();
    let language = "";
    judgeSpelling(
      {
        setSpellCheckProvider: (name, { spellCheck }) => {
          language = name;
          spellCheck(["colour", "wrods"], (wrong) => given.emit("answer", wrong));
        },
      },
      "en-GB",
      judge,
    );
    return new Promise<{ language: string; wrong: unknown }>((resolve) =>
      given.once("answer", (wrong: unknown) => resolve({ language, wrong })),
    );
  };

  test("is judged by the page, which can mark no more than it was asked about", async () => {
    expect(await asked(async () => ["wrods", "something else"])).toEqual({
      language: "en-GB",
      wrong: ["wrods"],
    });
  });

  test("that cannot be judged marks nothing", async () => {
    expect(await asked(() => Promise.reject(new Error("gone")))).toMatchObject({ wrong: [] });
  });
});
