import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  Tray,
} from "electron";
import { defaultPort, startRendezvous } from "../server/rendezvous.ts";
import { systemClock } from "../shared/base/clock.ts";
import { appPage, appScheme } from "./appOrigin.ts";
import { appSchemes, createAppResponder } from "./appProtocol.ts";
import { isTwofoldRendezvous } from "./askHealth.ts";
import { removeLeftovers } from "./atomicFile.ts";
import { backupDialogs } from "./backupDialogs.ts";
import { createBackupFiles } from "./backupFiles.ts";
import { createCamera } from "./camera.ts";
import { pushes } from "./channels.ts";
import { wireDesktop } from "./desktopParts.ts";
import { createDeviceSecret } from "./deviceSecret.ts";
import { createDocuments } from "./documents.ts";
import { createDownloads } from "./downloads.ts";
import { createInvitationClipboard } from "./invitationClipboard.ts";
import { answerCalls, type MainSide } from "./ipc.ts";
import { createLock, lockAtMoments } from "./lock.ts";
import { putMenu } from "./menu.ts";
import { keepInPlace } from "./navigation.ts";
import {
  createNetworkGuard,
  guardRequests,
  quietChromium,
  refuseCredentials,
  useSystemResolver,
  webRtcPolicy,
} from "./network.ts";
import { createOpenedFiles } from "./openedFiles.ts";
import { createOutside } from "./outside.ts";
import { createPairingLinks } from "./pairingLinks.ts";
import { denyPermissions } from "./permissions.ts";
import { profileFolder, readProfile } from "./profile.ts";
import { findRefusedSwitch, findRefusedVariable } from "./refuseDebug.ts";
import { createRendezvousHost } from "./rendezvousHost.ts";
import { createSafeFiles, isSafeFileThere } from "./safeFiles.ts";
import { createSharedFolder } from "./sharedFolder.ts";
import { readPlatform } from "./shellFacts.ts";
import { createSpeech } from "./speech.ts";
import { createSecretGate } from "./secretGate.ts";
import { claimProfile } from "./singleInstance.ts";
import { createStartAnew } from "./startAnew.ts";
import { askPortalForKeys } from "./stepOutShortcut.ts";
import { watchFolder } from "./systemWatch.ts";
import { createTellPage } from "./tellPage.ts";
import { appName } from "./texts.ts";
import { startUpdates } from "./updates/startUpdates.ts";
import {
  followTheme,
  reopenAfterCrash,
  showAgain,
  showWhenReady,
  windowOptions,
} from "./window.ts";
import { recallWindow } from "./windowState.ts";

// Composition only: what each part promises stands in its own file.

const here = dirname(fileURLToPath(import.meta.url));
const devTools = !app.isPackaged;
const clock = systemClock;
const speech = createSpeech(app);
let window: BrowserWindow | undefined;
/** Somebody asked for the window before there was one to show. */
let isAskedFor = false;

const log = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const tellPage = createTellPage(() => window);
const links = createPairingLinks((link) => tellPage(pushes.pairingLink, link));
const openedFiles = createOpenedFiles((arrived) => tellPage(pushes.openedFiles, arrived));

const begin = (): void => {
  const refused = app.isPackaged
    ? (findRefusedSwitch(process.argv) ?? findRefusedVariable(process.env))
    : undefined;
  const profile = readProfile(process.argv);
  if (refused !== undefined) return stop(speech.texts().refusedSwitch(refused));
  if (!profile.ok) return stop(speech.texts().badProfile);
  app.setName(appName);
  // As the installer wrote it (electron-builder.yml): Windows shows no notice of a program it does not know.
  if (process.platform === "win32") app.setAppUserModelId("app.twofold.journal");
  const folder = profileFolder(app.getPath("appData"), profile.value);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  app.setPath("userData", folder);
  const onSecondStart = (argv: readonly string[]) => {
    links.arriveIn(argv);
    void openedFiles.arrive(argv.slice(1));
    isAskedFor = true;
    showAgain(window);
  };
  const onFile = (path: string) => void openedFiles.arrive([path]);
  if (!claimProfile({ app, onSecondStart, onLink: links.arrive, onFile })) return app.quit();
  links.arriveIn(process.argv);
  void openedFiles.arrive(process.argv.slice(1));
  if (app.isPackaged) app.setAsDefaultProtocolClient("twofold");
  protocol.registerSchemesAsPrivileged(appSchemes);
  app.enableSandbox();
  quietChromium(app);
  askPortalForKeys(app, process);
  refuseCredentials(app);
  app.on("web-contents-created", (_event, contents) => keepInPlace(contents));
  app.on("activate", () => showAgain(window));
  app
    .whenReady()
    .then(() => open(profile.value, folder))
    .catch((problem: unknown) => {
      log(problem instanceof Error ? `${problem.name}: ${problem.message}` : "thrown value");
      stop(speech.texts().notOpened);
    });
};

const stop = (sentence: string): void => {
  dialog.showErrorBox(appName, sentence);
  app.exit(1);
};

const open = async (profile: string, folder: string): Promise<void> => {
  const ours = session.defaultSession;
  await removeLeftovers(folder);
  const files = join(folder, "safe");
  const safe = await createSafeFiles(files);
  const secretGate = createSecretGate(
    createDeviceSecret({
      path: join(files, "device-secret"),
      isVaultThere: () => isSafeFileThere(files, "vault"),
      platform: process.platform,
    }),
  );
  const camera = createCamera();
  const dialogs = backupDialogs(dialog, () => window);
  const backups = createBackupFiles({
    path: join(folder, "backup-folder.json"),
    ...dialogs,
    now: clock.now,
  });
  const sharedFolder = createSharedFolder({
    path: join(folder, "shared-folder.json"),
    askFolder: dialogs.askFolder,
    watch: watchFolder,
    clock,
  });
  sharedFolder.onChange(() => tellPage(pushes.sharedFolderChanged));
  const rendezvous = createRendezvousHost({
    port: defaultPort,
    start: (host, port) => startRendezvous({ host, port, clock, log }),
    isTwofold: isTwofoldRendezvous,
    clock,
  });
  const network = createNetworkGuard({ embedded: rendezvous.current, devTools });
  const invitations = createInvitationClipboard(clipboard, clock);
  const downloads = createDownloads();
  const outside = createOutside({
    ...{ dialog, shell, texts: speech.texts },
    window: () => window,
  });
  const lock = createLock({
    notify: (ticket) => {
      camera.end();
      outside.end();
      return tellPage(pushes.lockRequest, ticket);
    },
    clock,
  });
  const desktop = await wireDesktop({
    app,
    electron: { globalShortcut, Menu, nativeImage, Notification, Tray },
    platform: process.platform,
    path: join(folder, "desktop.json"),
    profile,
    window: () => window,
    tellPage,
    lock,
    speech,
  });
  const updates = startUpdates({
    app,
    openSession: () => session.fromPartition("updates", { cache: false }),
    folder,
    clock,
  });
  updates.onChange(() => tellPage(pushes.updatesChanged));
  const recalled = await recallWindow({ path: join(folder, "window.json"), clock, screen });

  useSystemResolver(app);
  denyPermissions(ours, camera);
  guardRequests(ours, network);
  ours.on("will-download", downloads.follow);
  ours.protocol.handle(appScheme, createAppResponder(join(here, "../renderer")));
  const wordMenu = () =>
    putMenu({
      menus: Menu,
      platform: process.platform,
      devTools,
      texts: speech.texts(),
      window: () => window,
      lock: () => void lock.request(),
    });
  wordMenu();
  speech.onChange(wordMenu);
  const pageGone = () => {
    for (const part of [links, openedFiles, secretGate]) part.pageGone();
    camera.end();
    outside.end();
    void invitations.dispose();
    void network.allow([]);
  };
  const main = {
    safe,
    backups,
    sharedFolder,
    desktop,
    updates,
    documents: {
      ...createDocuments({ dialog, window: () => window }),
      handed: downloads.handed,
    },
    openedFiles,
    outside,
    deviceSecret: secretGate.secret,
    rendezvous,
    network,
    window: {
      hide: async () => {
        outside.end();
        return desktop.hide();
      },
      copyInvitation: invitations.copy,
      camera: camera.allow,
      startAnew: createStartAnew({ window: () => window, pageGone, keepLink: links.arrive, log }),
    },
  } satisfies MainSide;
  answerCalls({
    ...{ ipcMain, main, log },
    lockDone: lock.done,
    pairingLinkAwaited: links.awaited,
    openedFilesAwaited: openedFiles.awaited,
  });

  const own = new BrowserWindow(
    windowOptions({
      dark: nativeTheme.shouldUseDarkColors,
      devTools,
      preload: join(here, "preload.cjs"),
      ...recalled.where,
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
  showWhenReady(own, {
    place: recalled.place,
    minimised: () => desktop.settings().startsMinimised && !isAskedFor,
  });
  recalled.follow(own);
  followTheme(nativeTheme, own);
  own.on("focus", desktop.notice.looked);
  desktop.apply();
  const load = () => {
    pageGone();
    return own.loadURL(appPage);
  };
  reopenAfterCrash(own.webContents, clock, () => void load());
  lockAtMoments({
    app,
    powerMonitor,
    window: own,
    lock,
    beforeEnd: async () => {
      desktop.dispose();
      updates.dispose();
      await Promise.all([invitations.dispose(), rendezvous.dispose(), recalled.dispose()]);
    },
    putAway: desktop.putAway,
  });
  await load();
};

begin();
