import "../../renderer/ui/styles.ts";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { App } from "../../renderer/app/App.tsx";
import { startTexts } from "../../renderer/i18n/start.ts";
import { applyPreferences, readPreferences } from "../../renderer/ui/preferences.ts";
import type { Clock } from "../../shared/base/clock.ts";
import { accept, refuse } from "../../shared/base/result.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Bridge } from "../../shared/bridge/bridge.ts";
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
import { manyCards } from "./entryScenes.ts";
import { sceneNow, scenePages, sceneRoom } from "./scenes.ts";
import { paperPages } from "./paperScenes.ts";
import { threadPages } from "./threadScenes.ts";

type ScenePhoto = NewPhoto & { readonly missing?: boolean };

declare global {
  interface Window {
    scene: {
      journal: FakeJournal;
      hidden: () => number;
      printed: () => number;
      offerLink: (link: string) => void;
      /** At the end of an entry; one that is missing has not come yet. */
      addPhotos: (to: PageId, photos: readonly ScenePhoto[]) => Promise<void>;
    };
  }
}

// ?door=new|locked|damaged:CODE  ?restore=CODE  ?pages=none|threads|papers  ?partner=none  ?many=20000
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
};
const journal = createFakeJournal({
  clock,
  ...(wanted.get("partner") === "none" ? {} : { partner: { name: "Sam" } }),
  ...(wanted.has("many") ? { many: manyCards(Number(wanted.get("many")), sceneNow) } : {}),
  ...(wanted.get("pages") === "none"
    ? {}
    : {
        pages: sets[wanted.get("pages") ?? ""] ?? scenePages,
        room: sceneRoom,
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
let offerLink: (link: string) => void = () => {};
const bridge: Bridge = {
  shell: { kind: "browser", platform: "linux", version: "0.1.0", profile: "default" },
  safe: {
    read: async () => accept(undefined),
    write: async () => accept(undefined),
    remove: async () => accept(undefined),
  },
  backups: fakeBackupFiles(wanted.get("folder")),
  documents: {
    pdf: async () => {
      printed++;
      return accept("printing");
    },
  },
  deviceSecret: { obtain: async () => accept({ secret: new Uint8Array(32), kept: "nowhere" }) },
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
    onLockRequest: () => () => {},
    onPairingLink: (listener) => {
      offerLink = listener;
      return () => {};
    },
    copyInvitation: async () => true,
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
  journal,
  hidden: () => hidden,
  printed: () => printed,
  offerLink: (link) => offerLink(link),
  addPhotos,
};
// What is brought in from files is named by a hash.
await loadSodium();
applyPreferences(readPreferences());
const texts = await startTexts();
const place = document.getElementById("root");
if (place === null) throw new Error("no root");
createRoot(place).render(
  <StrictMode>
    <I18nextProvider i18n={texts}>
      <App door={door} bridge={bridge} clock={clock} />
    </I18nextProvider>
  </StrictMode>,
);
