import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  powerMonitor,
  protocol,
  session,
} from "electron";
import { defaultPort, startRendezvous } from "../server/rendezvous.ts";
import { systemClock } from "../shared/base/clock.ts";
import { appPage, appScheme } from "./appOrigin.ts";
import { appSchemes, createAppResponder } from "./appProtocol.ts";
import { isTwofoldRendezvous } from "./askHealth.ts";
import { backupDialogs } from "./backupDialogs.ts";
import { createBackupFiles } from "./backupFiles.ts";
import { notices } from "./channels.ts";
import { createDeviceSecret } from "./deviceSecret.ts";
import { createDocuments } from "./documents.ts";
import { createInvitationClipboard } from "./invitationClipboard.ts";
import { answerCalls, type MainSide } from "./ipc.ts";
import { createLock, lockAtMoments } from "./lock.ts";
import { menuTemplate } from "./menu.ts";
import { keepInPlace } from "./navigation.ts";
import {
  createNetworkGuard,
  guardRequests,
  quietChromium,
  refuseCredentials,
  useSystemResolver,
  webRtcPolicy,
} from "./network.ts";
import { createPairingLinks } from "./pairingLinks.ts";
import { denyPermissions } from "./permissions.ts";
import { badProfileSentence, profileFolder, readProfile } from "./profile.ts";
import { findRefusedSwitch, refusedSwitchSentence } from "./refuseDebug.ts";
import { createRendezvousHost } from "./rendezvousHost.ts";
import { createSafeFiles, isSafeFileThere } from "./safeFiles.ts";
import { readPlatform } from "./shellFacts.ts";
import { claimProfile } from "./singleInstance.ts";
import { hideWindow, reopenAfterCrash, showAgain, showWhenReady, windowOptions } from "./window.ts";

// Composition only: what each part promises stands in its own file.

const here = dirname(fileURLToPath(import.meta.url));
const devTools = !app.isPackaged;
const clock = systemClock;
let window: BrowserWindow | undefined;

const log = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const links = createPairingLinks((link) => window?.webContents.send(notices.pairingLink, link));

const begin = (): void => {
  const refused = app.isPackaged ? findRefusedSwitch(process.argv) : undefined;
  const profile = readProfile(process.argv);
  if (refused !== undefined) return stop(refusedSwitchSentence(refused));
  if (!profile.ok) return stop(badProfileSentence);
  app.setName("Twofold");
  const folder = profileFolder(app.getPath("appData"), profile.value);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  app.setPath("userData", folder);
  const onSecondStart = (argv: readonly string[]) => {
    links.arriveIn(argv);
    showAgain(window);
  };
  if (!claimProfile({ app, onSecondStart, onLink: links.arrive })) return app.quit();
  links.arriveIn(process.argv);
  if (app.isPackaged) app.setAsDefaultProtocolClient("twofold");
  protocol.registerSchemesAsPrivileged(appSchemes);
  app.enableSandbox();
  quietChromium(app);
  refuseCredentials(app);
  app.on("web-contents-created", (_event, contents) => keepInPlace(contents));
  app.on("activate", () => showAgain(window));
  app
    .whenReady()
    .then(() => open(profile.value, folder))
    .catch((problem: unknown) => {
      log(problem instanceof Error ? `${problem.name}: ${problem.message}` : "thrown value");
      stop("Twofold could not open. Nothing was changed. Start it once more.");
    });
};

const stop = (sentence: string): void => {
  dialog.showErrorBox("Twofold", sentence);
  app.exit(1);
};

const open = async (profile: string, folder: string): Promise<void> => {
  const ours = session.defaultSession;
  const files = join(folder, "safe");
  const safe = await createSafeFiles(files);
  const deviceSecret = createDeviceSecret({
    path: join(files, "device-secret"),
    isVaultThere: () => isSafeFileThere(files, "vault"),
    platform: process.platform,
  });
  const backups = createBackupFiles({
    path: join(folder, "backup-folder.json"),
    ...backupDialogs(dialog, () => window),
    now: clock.now,
  });
  const rendezvous = createRendezvousHost({
    port: defaultPort,
    start: (host, port) => startRendezvous({ host, port, clock, log }),
    isTwofold: isTwofoldRendezvous,
    clock,
  });
  const network = createNetworkGuard({ embedded: rendezvous.current, devTools });
  const invitations = createInvitationClipboard(clipboard, clock);
  const lock = createLock({
    notify: (ticket) => window?.webContents.send(notices.lockRequest, ticket),
    clock,
  });

  useSystemResolver(app);
  denyPermissions(ours);
  guardRequests(ours, network);
  ours.protocol.handle(appScheme, createAppResponder(join(here, "../renderer")));
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(menuTemplate({ platform: process.platform, devTools })),
  );
  const main = {
    safe,
    backups,
    documents: createDocuments({ dialog, window: () => window }),
    deviceSecret,
    rendezvous,
    network,
    window: {
      hide: async () => hideWindow(app, window, process.platform),
      copyInvitation: invitations.copy,
    },
  } satisfies MainSide;
  answerCalls({ ipcMain, main, lockDone: lock.done, pairingLinkAwaited: links.awaited, log });

  const own = new BrowserWindow(
    windowOptions({
      dark: nativeTheme.shouldUseDarkColors,
      devTools,
      preload: join(here, "preload.cjs"),
      facts: {
        kind: "electron",
        platform: readPlatform(process.platform),
        version: app.getVersion(),
        profile,
      },
    }),
  );
  window = own;
  own.webContents.setWebRTCIPHandlingPolicy(webRtcPolicy);
  showWhenReady(own);
  const load = () => {
    links.pageGone();
    return own.loadURL(appPage);
  };
  reopenAfterCrash(own.webContents, clock, () => void load());
  lockAtMoments({
    app,
    powerMonitor,
    window: own,
    lock,
    beforeEnd: async () => {
      await Promise.all([invitations.dispose(), rendezvous.dispose()]);
    },
  });
  await load();
};

begin();
