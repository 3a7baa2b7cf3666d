import { useCallback, useEffect, useRef, useState } from "react";
import { Router, useLocation } from "wouter";
import { AwayNotice } from "../away/AwayNotice.tsx";
import { FileWaitsNotice } from "../capsule/FileWaits.tsx";
import { anyWaits, type WaitingFiles } from "../capsule/useOpenedFiles.ts";
import { KeepsBackups, useBackupKeeper } from "../backup/keeperContext.tsx";
import { PartnerEndedNotice } from "../ending/PartnerEnded.tsx";
import { ListMemories } from "../journal/list/listMemory.tsx";
import { useAutoLock } from "../lock/useAutoLock.ts";
import { HandNotice } from "../hand/HandNotice.tsx";
import { HandSheet } from "../hand/HandSheet.tsx";
import { KeysSheet } from "../palette/KeysSheet.tsx";
import { Palette } from "../palette/Palette.tsx";
import { useAppKeys } from "../palette/useAppKeys.ts";
import { BesideNotice } from "../pair/BesideNotice.tsx";
import { PausedNotice } from "../pair/PausedNotice.tsx";
import { PairingNotice } from "../pair/PairingNotice.tsx";
import { usePairing } from "../pair/usePairing.ts";
import { useUnlocksNext } from "../pair/useUnlocksNext.ts";
import { Reminders } from "./Reminders.tsx";
import { ErrorBoundary } from "../ui/ErrorBoundary.tsx";
import { KeepsLearnt } from "../talks/KeepsLearnt.tsx";
import { KeepsOpenContext } from "../ui/keepsOpen.ts";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { ChecksSpelling } from "../spelling/ChecksSpelling.tsx";
import { useWish, WishesProvider } from "../ui/wishes.tsx";
import { TruceNotice } from "../us/TruceNotice.tsx";
import { isAllSettings } from "../settings/parts.ts";
import { Frame } from "./Frame.tsx";
import { useNotices } from "./useNotices.ts";
import { asHash, usePlaces } from "./places.ts";
import { AllPlaces } from "./AllPlaces.tsx";

/** Where what is hard is asked, written and talked of. */
const hard: readonly (string | undefined)[] = ["questions", "letters", "why", "talks"];

export type InsideProps = {
  readonly onLock: () => void;
  readonly pairingLink: string | undefined;
  readonly onPairingLinkTaken: () => void;
  readonly opened: WaitingFiles;
};

export const Inside = (props: InsideProps) => {
  const useLocationInMemory = usePlaces();
  return (
    <Router hook={useLocationInMemory} hrefs={asHash}>
      <ListMemories>
        <WishesProvider>
          <KeepsBackups>
            <KeepsLearnt>
              <Rooms {...props} />
            </KeepsLearnt>
          </KeepsBackups>
        </WishesProvider>
      </ListMemories>
    </Router>
  );
};

const Rooms = ({ onLock, pairingLink, onPairingLinkTaken, opened }: InsideProps) => {
  const journal = useJournal();
  const pairing = usePairing(journal);
  const unlocksNext = useUnlocksNext(pairing);
  useNotices();
  const { lockAfterMinutes } = useLive(journal.settings);
  const [writing, setWriting] = useWriting();
  const backup = useLive(useBackupKeeper().state);
  const backingUp = backup.at === "working" && backup.asked;
  useAutoLock(lockAfterMinutes, pairing.keepsOpen || writing || backingUp, onLock);
  const [location, navigate] = useLocation();
  const { offerLink } = pairing;
  useEffect(() => {
    if (pairingLink === undefined) return;
    offerLink(pairingLink);
    onPairingLinkTaken();
    navigate("/pair");
  }, [pairingLink, offerLink, onPairingLinkTaken, navigate]);

  const [sheet, setSheet] = useAppKeys();
  const showKeys = useCallback(() => setSheet("keys"), [setSheet]);
  const closeSheet = useCallback(() => setSheet(undefined), [setSheet]);
  useWish("keys", showKeys);
  useGoToOpened(opened, writing, closeSheet);

  const section = location.split("/")[1];
  return (
    <Frame
      onLock={onLock}
      onPalette={() => setSheet("palette")}
      met={unlocksNext}
      notice={
        <>
          {section === "pair" ? null : <PairingNotice pairing={pairing} />}
          {section === "pair" ? null : (
            <PausedNotice pairing={pairing} inSettings={section === "settings"} onLock={onLock} />
          )}
          {section === "capsule" || !anyWaits(opened.waiting) ? null : <FileWaitsNotice />}
          {hard.includes(section) ? <TruceNotice /> : null}
          <HandNotice onToday={location === "/today"} />
          {section === "settings" ? null : <Reminders />}
          {section === "settings" && !isAllSettings(location) ? <AwayNotice /> : null}
          <BesideNotice />
          {location === "/settings/ending" ? null : <PartnerEndedNotice />}
        </>
      }
    >
      <KeepsOpenContext value={setWriting}>
        <ErrorBoundary key={location}>
          <AllPlaces onLock={onLock} pairing={pairing} opened={opened} onWorking={setWriting} />
        </ErrorBoundary>
      </KeepsOpenContext>
      <ChecksSpelling />
      <Palette open={sheet === "palette"} onClose={closeSheet} onKeys={showKeys} onLock={onLock} />
      <HandSheet />
      <KeysSheet open={sheet === "keys"} onClose={closeSheet} />
    </Frame>
  );
};

/** How long words on the screen may be copied to paper before Twofold locks by itself again, ms. */
const writingPatience = 10 * 60_000;

const useWriting = (): readonly [boolean, (writing: boolean) => void] => {
  const { clock } = useSurroundings();
  const [writing, setWriting] = useState(false);
  useEffect(
    () => (writing ? clock.after(writingPatience, () => setWriting(false)) : undefined),
    [clock, writing],
  );
  return [writing, setWriting];
};

/** Whoever opened a file on the desktop is brought to where it is read, unless leaving would end what is under way. */
const useGoToOpened = ({ waiting }: WaitingFiles, busy: boolean, closeSheet: () => void): void => {
  const [, navigate] = useLocation();
  const latest = useRef({ busy, closeSheet, navigate });
  useEffect(() => {
    latest.current = { busy, closeSheet, navigate };
  });
  useEffect(() => {
    if (!anyWaits(waiting) || latest.current.busy) return;
    latest.current.closeSheet();
    latest.current.navigate("/capsule");
  }, [waiting]);
};
