import "./ui/styles.ts";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { systemClock } from "../shared/base/clock.ts";
import { createAside, doorWithAside } from "../shared/journal/aside.ts";
import type { Bridge } from "../shared/bridge/bridge.ts";
import type { Door } from "../shared/journal/journal.ts";
import { App } from "./app/App.tsx";
import { loadInside } from "./app/loadInside.ts";
import { NotHere } from "./app/NotHere.tsx";
import { neutralTitle, ownTitle } from "./app/titles.ts";
import { createDoorAsNeeded } from "./doorAsNeeded.ts";
import { startTexts } from "./i18n/start.ts";
import { comesAway } from "./lock/away.ts";
import { askSecretOnce } from "./shell/askSecretOnce.ts";
import { holdPlace } from "./shell/holdPlace.ts";
import { obtainBridge } from "./shell/obtainBridge.ts";
import { speakAlike } from "./shell/speakAlike.ts";
import { refuseMarkup } from "./shell/trustedTypes.ts";
import { storedTries } from "./storedTries.ts";
import { applyPreferences, livePreferences, readPreferences } from "./ui/preferences.ts";

const start = async (): Promise<void> => {
  refuseMarkup(window.trustedTypes);
  document.title = comesAway() ? neutralTitle : ownTitle;
  applyPreferences(readPreferences());
  refuseDroppedFiles();
  const place = document.getElementById("root");
  if (place === null) throw new Error("index.html has no root");
  const root = createRoot(place);
  const texts = await startTexts(readPreferences().language);
  const show = (screen: React.ReactNode) =>
    root.render(
      <StrictMode>
        <I18nextProvider i18n={texts}>{screen}</I18nextProvider>
      </StrictMode>,
    );
  if ((await holdPlace()) === "taken") return show(<NotHere why="taken" />);
  try {
    const shell = await obtainBridge();
    const bridge = { ...shell, deviceSecret: askSecretOnce(shell.deviceSecret) };
    speakAlike(bridge.desktop, livePreferences);
    const door = doorOf(bridge);
    show(<App door={door} bridge={bridge} clock={systemClock} />);
  } catch (error) {
    show(<NotHere why="notStarted" />);
    throw error;
  }
};

const doorOf = (bridge: Bridge): Door => {
  const aside = createAside({ ...bridge, clock: systemClock });
  const door = createDoorAsNeeded({
    safe: bridge.safe,
    tries: storedTries,
    clock: systemClock,
    load: async () => {
      const [{ openDoor }] = await Promise.all([import("./door.ts"), loadInside()]);
      return openDoor(bridge, aside);
    },
    // The screen is drawn once this look at the disk is answered: it stands in the frame after the next at the latest.
    afterPaint: (go) =>
      requestAnimationFrame(() => requestAnimationFrame(() => systemClock.after(0, go))),
  });
  return doorWithAside(door, aside);
};

/** A file dropped beside the editor would replace the whole app by itself. */
const refuseDroppedFiles = (): void => {
  for (const name of ["dragover", "drop"] as const)
    window.addEventListener(name, (event) => {
      if (event.dataTransfer?.types.includes("Files") === true) event.preventDefault();
    });
};

void start();
