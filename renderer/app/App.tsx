import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { I18nProvider } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Clock } from "../../shared/base/clock.ts";
import type { Bridge } from "../../shared/bridge/bridge.ts";
import type { Door } from "../../shared/journal/journal.ts";
import { useStepOutKeys } from "../lock/useStepOutKeys.ts";
import { JournalContext, SurroundingsContext } from "../ui/surroundings.ts";
import { DamagedScreen } from "../unlock/DamagedScreen.tsx";
import { UnlockScreen } from "../unlock/UnlockScreen.tsx";
import { BlankSheet } from "./BlankSheet.tsx";
import { Inside } from "./Inside.tsx";
import { Quiet } from "./Outside.tsx";
import { useStage } from "./useStage.ts";

const FirstRun = lazy(async () => ({
  default: (await import("../firstrun/FirstRun.tsx")).FirstRun,
}));

type AppProps = { readonly door: Door; readonly bridge: Bridge; readonly clock: Clock };

export const App = ({ door, bridge, clock }: AppProps) => {
  const { t } = useTranslation();
  const staging = useStage({ door, bridge, now: clock.now });
  const { lock, stepOut } = staging;
  const surroundings = useMemo(() => ({ bridge, clock, stepOut }), [bridge, clock, stepOut]);
  useEffect(() => bridge.window.onLockRequest(lock), [bridge, lock]);
  return (
    <I18nProvider locale={t("dates.locale")}>
      <SurroundingsContext value={surroundings}>
        <Stages door={door} bridge={bridge} staging={staging} />
      </SurroundingsContext>
    </I18nProvider>
  );
};

type StagesProps = {
  readonly door: Door;
  readonly bridge: Bridge;
  readonly staging: ReturnType<typeof useStage>;
};

const Stages = ({ door, bridge, staging }: StagesProps) => {
  const { t } = useTranslation("unlock");
  const { stage, look, hold, enter, lock, stepOut, comeBack, moveLockWait } = staging;
  useStepOutKeys(stepOut);
  const [link, forgetLink] = usePairingLink(bridge);
  const lockNow = useCallback(() => void lock(), [lock]);

  switch (stage.at) {
    case "away":
      return <BlankSheet onBack={comeBack} />;
    case "looking":
      return <Quiet text={t(stage.locking ? "locking" : "looking")} />;
    case "new":
      return (
        <Suspense fallback={<Quiet text={t("looking")} />}>
          <FirstRun door={door} onJournal={hold} onDone={enter} />
        </Suspense>
      );
    case "locked":
      return (
        <UnlockScreen
          door={door}
          waitUntil={stage.waitUntil}
          onWait={moveLockWait}
          onOpen={enter}
        />
      );
    case "damaged":
      return (
        <DamagedScreen door={door} code={stage.code} onAgain={() => void look()} onOpen={enter} />
      );
    case "open":
      return (
        <JournalContext value={stage.journal}>
          <Inside
            onLock={lockNow}

            pairingLink={link}
            onPairingLinkTaken={forgetLink}
          />
        </JournalContext>
      );
  }
};

/** A link that the system handed over waits here until somebody has unlocked. */
const usePairingLink = (bridge: Bridge) => {
  const [link, setLink] = useState<string | undefined>();
  useEffect(() => bridge.window.onPairingLink(setLink), [bridge]);
  const forget = useCallback(() => setLink(undefined), []);
  return [link, forget] as const;
};
