import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { I18nProvider } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Clock } from "../../shared/base/clock.ts";
import type { Bridge } from "../../shared/bridge/bridge.ts";
import type { Door, Journal } from "../../shared/journal/journal.ts";
import { FileWaits } from "../capsule/FileWaits.tsx";
import { letOpenedGo } from "../capsule/openedSources.ts";
import { anyWaits, useOpenedFiles } from "../capsule/useOpenedFiles.ts";
import { createGoAnew } from "../lock/goAnew.ts";
import { useStepOutKeys } from "../lock/useStepOutKeys.ts";
import { SteadySheet } from "../steady/SteadySheet.tsx";
import { useSteady } from "../steady/useSteady.ts";
import { JournalContext, SurroundingsContext } from "../ui/surroundings.ts";
import { DamagedScreen } from "../unlock/DamagedScreen.tsx";
import { UnlockScreen } from "../unlock/UnlockScreen.tsx";
import { BlankSheet } from "./BlankSheet.tsx";
import { LaterInside } from "./LaterInside.tsx";
import { Quiet } from "./Outside.tsx";
import { useStage } from "./useStage.ts";

const FirstRun = lazy(async () => ({
  default: (await import("../firstrun/FirstRun.tsx")).FirstRun,
}));

type AppProps = { readonly door: Door; readonly bridge: Bridge; readonly clock: Clock };

export const App = ({ door, bridge, clock }: AppProps) => {
  const { t } = useTranslation();
  const pairingLink = usePairingLink(bridge);
  const { waitingLink } = pairingLink;
  const steady = useSteady(clock, bridge.shell.platform);
  const { show: showSteady, close: closeSteady, over: steadyOver } = steady;
  const goAnew = useMemo(
    () =>
      createGoAnew({
        startAnew: (away) => bridge.window.startAnew({ away, link: waitingLink() }),
        free: steadyOver,
        holdsWords: door.holdsWords,
        clock,
      }),
    [bridge, door, clock, waitingLink, steadyOver],
  );
  const staging = useStage({ door, bridge, now: clock.now, goAnew });
  const { lock, stepOut: leave } = staging;
  const away = staging.stage.at === "away";
  // The blank sheet has nothing over it, and nothing that comes back with the journal.
  useEffect(() => {
    if (away && steady.isOpen) closeSteady();
  }, [away, steady.isOpen, closeSteady]);
  const stepOut = useCallback(() => {
    leave();
    closeSteady();
  }, [leave, closeSteady]);
  const surroundings = useMemo(
    () => ({ bridge, clock, stepOut, steady: showSteady }),
    [bridge, clock, stepOut, showSteady],
  );
  useEffect(() => bridge.window.onLockRequest(lock), [bridge, lock]);
  useEffect(() => bridge.desktop.onStepOut(stepOut), [bridge, stepOut]);
  return (
    <I18nProvider locale={t("dates.locale")}>
      <SurroundingsContext value={surroundings}>
        <Stages
          door={door}
          bridge={bridge}
          staging={staging}
          stepOut={stepOut}
          pairingLink={pairingLink}
        />
        <JournalContext value={staging.stage.at === "open" ? staging.stage.journal : undefined}>
          <SteadySheet open={steady.isOpen && !away} onClose={closeSteady} />
        </JournalContext>
      </SurroundingsContext>
    </I18nProvider>
  );
};

type StagesProps = {
  readonly door: Door;
  readonly bridge: Bridge;
  readonly staging: ReturnType<typeof useStage>;
  readonly stepOut: () => void;
  readonly pairingLink: ReturnType<typeof usePairingLink>;
};

const Stages = ({ door, bridge, staging, stepOut, pairingLink }: StagesProps) => {
  const { t } = useTranslation("unlock");
  const { stage, look, hold, enter, lock, comeBack, moveLockWait } = staging;
  useStepOutKeys(stepOut);
  const opened = useOpenedFiles(bridge);
  const fileWaits = anyWaits(opened.waiting);
  const lockNow = useCallback(() => void lock(), [lock]);
  // Into a journal that has just begun nothing can be taken: there is nobody yet whom it could be from.
  const begin = (journal: Journal): void => {
    letOpenedGo(bridge.openedFiles, opened.waiting.files);
    opened.forget();
    enter(journal);
  };

  switch (stage.at) {
    case "away":
      return <BlankSheet onBack={comeBack} />;
    case "looking":
      return <Quiet text={t(stage.locking ? "locking" : "looking")} />;
    case "new":
      return (
        <Suspense fallback={<Quiet text={t("looking")} />}>
          <FirstRun
            door={door}
            onJournal={hold}
            onDone={begin}
            onAgain={() => void look()}
            below={<FileWaits until={fileWaits ? "begun" : undefined} />}
          />
        </Suspense>
      );
    case "locked":
      return (
        <UnlockScreen
          door={door}
          waitUntil={stage.waitUntil}
          onWait={moveLockWait}
          onOpen={enter}
          onAgain={() => void look()}
          below={<FileWaits until={fileWaits ? "unlocked" : undefined} />}
        />
      );
    case "damaged":
      return (
        <DamagedScreen door={door} code={stage.code} onAgain={() => void look()} onOpen={enter} />
      );
    case "open":
      return (
        <JournalContext value={stage.journal}>
          <LaterInside
            onLock={lockNow}

            pairingLink={pairingLink.link}
            onPairingLinkTaken={pairingLink.forget}
            opened={opened}
          />
        </JournalContext>
      );
  }
};

/** A link that the system handed over waits here until somebody has unlocked. */
const usePairingLink = (bridge: Bridge) => {
  const [link, setLink] = useState<string | undefined>();
  const waiting = useRef<string>(undefined);
  const keep = useCallback((next: string | undefined) => {
    waiting.current = next;
    setLink(next);
  }, []);
  useEffect(() => bridge.window.onPairingLink(keep), [bridge, keep]);
  const forget = useCallback(() => keep(undefined), [keep]);
  /** The newest, also before it is on the screen. */
  const waitingLink = useCallback(() => waiting.current, []);
  return { link, forget, waitingLink };
};
