import "../../renderer/ui/styles.ts";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { App } from "../../renderer/app/App.tsx";
import { startTexts } from "../../renderer/i18n/start.ts";
import { refuseMarkup } from "../../renderer/shell/trustedTypes.ts";
import { applyPreferences, readPreferences } from "../../renderer/ui/preferences.ts";
import type { Clock } from "../../shared/base/clock.ts";
import { accept, refuse } from "../../shared/base/result.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Bridge } from "../../shared/bridge/bridge.ts";
import type { JudgeWords } from "../../shared/bridge/spelling.ts";
import type { HandedEnd } from "../../shared/bridge/documents.ts";
import type { RestoreCode } from "../../shared/journal/backups.ts";
import type { DoorView } from "../../shared/journal/journal.ts";
import type { PageId } from "../../shared/base/ids.ts";
import type { NewPhoto } from "../../shared/page/photo.ts";
import { writePieces } from "../../shared/page/pieces.ts";
import {
  createFakeDoor,
  createFakeJournal,
  type FakeJournal,
  type Written,
} from "../support/fakeJournal.ts";
import { fakeBackupFiles } from "../support/fakeBackupFiles.ts";
import { createFakeDesktop, type FakeDesktop, platformOf } from "../support/fakeDesktop.ts";
import { fakeSharedFolder } from "../support/fakeSharedFolder.ts";
import { fakeUpdates } from "../support/fakeUpdates.ts";
import { fakeOpenedFiles, type FakeOpenedFiles } from "../support/fakeOpenedFiles.ts";
import { manyCards } from "./entryScenes.ts";
import { readPseudo } from "./pseudoText.ts";
import { sceneNow, scenePages, sceneRoom } from "./scenes.ts";
import { sceneVision } from "./visionScenes.ts";
import { paperPages } from "./paperScenes.ts";
import { handPages } from "./todayScenes.ts";
import { threadPages } from "./threadScenes.ts";

type ScenePhoto = NewPhoto & { readonly missing?: boolean };

const outsideOpened: string[] = [];
let spelling: { readonly language: string; readonly judge: JudgeWords } | undefined;

declare global {
  interface Window {
    scene: {
      /** What the shell is told to mark, of these words; "none" while nobody judges. */
      marks: (words: readonly string[]) => Promise<readonly string[] | "none">;
      journal: FakeJournal;
      hidden: () => number;
      printed: () => number;
      offerLink: (link: string) => void;
      /** As when the computer goes to sleep. */
      askLock: () => Promise<void>;
      /** What becomes of files that are handed over from here on. */
      place: (end: HandedEnd | Promise<HandedEnd>) => void;
      /** Addresses that were given to a browser. */
      outside: readonly string[];
      opened: Pick<FakeOpenedFiles, "arrive" | "asked">;
      desktop: Pick<FakeDesktop, "asked" | "stepOut">;
      updates: { readonly asked: readonly string[] };
      /** At the end of an entry; one that is missing has not come yet. */
      addPhotos: (to: PageId, photos: readonly ScenePhoto[]) => Promise<void>;
    };
  }
}

refuseMarkup(window.trustedTypes);

// ?door=new|locked|damaged:CODE  ?restore=CODE  ?pages=none|threads|papers|hands  ?partner=none  ?many=20000
// ?cameBack: every page came back from the partner's copy
// ?language=de  ?pseudo: what the tables say, in letters that go from right to left
// ?computer=linux|macos|windows, each also with -taken: what its desktop offers
const wanted = new URLSearchParams(location.search);
const started = performance.now();
const clock: Clock = {
  now: () => sceneNow + Math.floor(performance.now() - started),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

const sets: Readonly<Record<string, readonly Written[]>> = {
  threads: threadPages,
  papers: paperPages,
  hands: [...scenePages, ...handPages],
};
const journal = createFakeJournal({
  clock,
  ...(wanted.get("partner") === "none" ? {} : { partner: { name: "Sam" } }),
  ...(wanted.has("many") ? { many: manyCards(Number(wanted.get("many")), sceneNow) } : {}),
  ...(wanted.get("pages") === "none"
    ? {}
    : {
        pages: (sets[wanted.get("pages") ?? ""] ?? scenePages).map((page) =>
          wanted.has("cameBack") ? { ...page, cameBack: true } : page,
        ),
        room: sceneRoom,
        vision: sceneVision,
      }),
});
if (wanted.get("partner") !== "none")
  journal.set.sync({ state: "upToDate", sinceDay: new Date(2026, 10, 19).getTime() });

const [at = "locked", code = "BAD_SLOT"] = (wanted.get("door") ?? "locked").split(":");
const view =
  at === "locked"
    ? { state: at, waitMs: 0 }
    : at === "damaged"
      ? { state: at, code }
      : { state: at };

let hidden = 0;
let printed = 0;
let placed: HandedEnd | Promise<HandedEnd> = "unknown";
let offerLink: (link: string) => void = () => {};
let askLock: () => Promise<void> = async () => {};
const openedFiles = fakeOpenedFiles();
const updates = fakeUpdates(wanted.get("updates"));
const desktop = createFakeDesktop(wanted.get("computer"));
const bridge: Bridge = {
  openedFiles,
  shell: {
    kind: "browser",
    platform: platformOf(wanted.get("computer")),
    version: "0.1.0",
    profile: "default",
  },
  safe: {
    read: async () => accept(undefined),
    write: async () => accept(undefined),
    remove: async () => accept(undefined),
  },
  backups: fakeBackupFiles(wanted.get("folder")),
  sharedFolder: fakeSharedFolder(wanted.get("shared")),
  updates,
  desktop,
  documents: {
    pdf: async () => {
      printed++;
      return accept("printing");
    },
    handed: async () => placed,
  },
  deviceSecret: {
    obtain: async () => accept({ secret: new Uint8Array(32), kept: "nowhere" }),
    renew: async () => refuse("KEYCHAIN_REFUSED"),
    forgetEarlier: async () => accept(undefined),
  },
  rendezvous: {
    addresses: async () => ["ws://127.0.0.1:47180"],
    openToNetwork: async (open) =>
      accept(open ? ["ws://127.0.0.1:47180", "ws://192.168.178.20:47180"] : []),
  },
  network: { allow: async () => accept(undefined) },
  window: {
    hide: async () => {
      hidden++;
      return true;
    },
    onLockRequest: (listener) => {
      askLock = listener;
      return () => {};
    },
    onPairingLink: (listener) => {
      offerLink = listener;
      return () => {};
    },
    copyInvitation: async () => true,
    startAnew: async () => false,
    camera: async () => true,
  },
  outside: {
    asks: "page",
    open: async (address) => {
      outsideOpened.push(address);
      return "opened";
    },
  },
  // ?spelling: a shell that asks our dictionaries; what it would mark is asked for by a test.
  spelling: {
    offered: wanted.has("spelling"),
    judgeBy: (language, judge) => {
      spelling = { language, judge };
    },
  },
};

const addPhotos = async (to: PageId, photos: readonly ScenePhoto[]): Promise<void> => {
  const opened = await journal.openPage(to);
  if (!opened.ok) throw new Error(opened.code);
  const { body } = opened.value;
  const added = photos.map(({ missing = false, ...photo }) => {
    const ref = journal.photos.plant(photo);
    return {
      kind: "photo" as const,
      photo: missing ? { ...ref, key: ref.key.replace(/^0/, "9") } : ref,
    };
  });
  writePieces(body, added);
};

const door = createFakeDoor(journal, view as DoorView);
const refused = wanted.get("restore");
if (refused !== null) Object.assign(door, { restore: async () => refuse(refused as RestoreCode) });

window.scene = {
  marks: async (words) => (spelling === undefined ? "none" : spelling.judge(words)),
  journal,
  hidden: () => hidden,
  printed: () => printed,
  offerLink: (link) => offerLink(link),
  askLock: () => askLock(),
  place: (end) => {
    placed = end;
  },
  outside: outsideOpened,
  opened: openedFiles,
  desktop,
  updates,
  addPhotos,
};
// What is brought in from files is named by a hash.
await loadSodium();
applyPreferences(readPreferences());
const texts = await startTexts(wanted.get("language") ?? undefined);
if (wanted.has("pseudo")) readPseudo(texts);
const place = document.getElementById("root");
if (place === null) throw new Error("no root");
createRoot(place).render(
  <StrictMode>
    <I18nextProvider i18n={texts}>
      <App door={door} bridge={bridge} clock={clock} />
    </I18nextProvider>
  </StrictMode>,
);
