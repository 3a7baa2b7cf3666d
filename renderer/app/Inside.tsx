import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, Redirect, Route, Router, Switch, useLocation } from "wouter";
import { BackupNotice } from "../backup/BackupNotice.tsx";
import { LicencesPage } from "../about/LicencesPage.tsx";
import { CapsulePage } from "../capsule/CapsulePage.tsx";
import { FileWaitsNotice } from "../capsule/FileWaits.tsx";
import { anyWaits, type WaitingFiles } from "../capsule/useOpenedFiles.ts";
import { KeepsBackups, useBackupKeeper } from "../backup/keeperContext.tsx";
import { EndingPage } from "../ending/EndingPage.tsx";
import { PartnerEndedNotice } from "../ending/PartnerEnded.tsx";
import { EarlierWay } from "../history/EarlierWay.tsx";
import { EntryPage } from "../journal/EntryPage.tsx";
import { JournalList } from "../journal/JournalList.tsx";
import { ListMemories } from "../journal/list/listMemory.tsx";
import { TrashedEntry } from "../journal/trash/TrashedEntry.tsx";
import { TrashPage } from "../journal/trash/TrashPage.tsx";
import { useAutoLock } from "../lock/useAutoLock.ts";
import { LetterPage } from "../letters/LetterPage.tsx";
import { AgreementPage } from "../agreements/AgreementPage.tsx";
import { AgreementsPlace } from "../agreements/AgreementsPlace.tsx";
import { PromisePage } from "../promises/PromisePage.tsx";
import { PromisesPlace } from "../promises/PromisesPlace.tsx";
import { LettersPlace } from "../letters/LettersPlace.tsx";
import { BringInPage } from "../moving/BringInPage.tsx";
import { ComputerKeyPage } from "../keys/ComputerKeyPage.tsx";
import { NewComputerPage } from "../keys/NewComputerPage.tsx";
import { PassphrasePage } from "../keys/PassphrasePage.tsx";
import { KeysSheet } from "../palette/KeysSheet.tsx";
import { Palette } from "../palette/Palette.tsx";
import { useAppKeys } from "../palette/useAppKeys.ts";
import { BesideNotice } from "../pair/BesideNotice.tsx";
import { PairPage } from "../pair/PairPage.tsx";
import { PausedNotice } from "../pair/PausedNotice.tsx";
import { PairingNotice } from "../pair/PairingNotice.tsx";
import { usePairing } from "../pair/usePairing.ts";
import { useUnlocksNext } from "../pair/useUnlocksNext.ts";
import { QuestionList } from "../questions/QuestionList.tsx";
import { QuestionPage } from "../questions/QuestionPage.tsx";
import { RoomPage } from "../room/RoomPage.tsx";
import { SettingsPage } from "../settings/SettingsPage.tsx";
import { ErrorBoundary } from "../ui/ErrorBoundary.tsx";
import { KeepsOpenContext } from "../ui/keepsOpen.ts";
import { Missing } from "../ui/Missing.tsx";
import { readPageId } from "../ui/pageId.ts";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { ChecksSpelling } from "../spelling/ChecksSpelling.tsx";
import { useWish, WishesProvider } from "../ui/wishes.tsx";
import { NewWordsPage } from "../words/NewWordsPage.tsx";
import { WordsCheckNotice } from "../words/WordsCheckNotice.tsx";
import { WordsCheckPage } from "../words/WordsCheckPage.tsx";
import { Frame } from "./Frame.tsx";
import { useNotices } from "./useNotices.ts";
import { asHash, usePlaces } from "./places.ts";

type InsideProps = {
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
            <Rooms {...props} />
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
          {section === "settings" ? null : <WordsNotice />}
          {section === "settings" ? null : <WordsCheckNotice />}
          {section === "settings" ? null : <BackupNotice />}
          <BesideNotice />
          {location === "/settings/ending" ? null : <PartnerEndedNotice />}
        </>
      }
    >
      <KeepsOpenContext value={setWriting}>
        <ErrorBoundary key={location}>
          <Switch>
            <Route path="/">
              <Redirect to="/journal" replace />
            </Route>
            <Route path="/journal">
              <JournalList />
            </Route>
            <Route path="/journal/bring-in">
              <BringInPage book={journal.entries} base="/journal" onWorking={setWriting} />
            </Route>
            <Route path="/journal/trash">
              <TrashPage book={journal.entries} base="/journal" />
            </Route>
            <Route path="/journal/trash/:page">
              {({ page }) =>
                withPage(page, (id) => (
                  <TrashedEntry key={id} book={journal.entries} base="/journal" id={id} />
                ))
              }
            </Route>
            <Route path="/journal/:page">
              {({ page }) =>
                withPage(page, (id) => (
                  <EntryPage
                    key={id}
                    book={journal.entries}
                    base="/journal"
                    id={id}
                    ways={<EarlierWay book={journal.entries} id={id} />}
                  />
                ))
              }
            </Route>
            <Route path="/questions">
              <QuestionList />
            </Route>
            <Route path="/questions/:page">
              {({ page }) => withPage(page, (id) => <QuestionPage key={id} id={id} />)}
            </Route>
            <Route path="/letters">
              <LettersPlace />
            </Route>
            <Route path="/letters/:page">
              {({ page }) => withPage(page, (id) => <LetterPage key={id} id={id} />)}
            </Route>
            <Route path="/agreements">
              <AgreementsPlace />
            </Route>
            <Route path="/agreements/:page">
              {({ page }) => withPage(page, (id) => <AgreementPage key={id} id={id} />)}
            </Route>
            <Route path="/promises">
              <PromisesPlace />
            </Route>
            <Route path="/promises/:page">
              {({ page }) => withPage(page, (id) => <PromisePage key={id} id={id} />)}
            </Route>
            <Route path="/room/bring-in">
              <RoomPage show={{ at: "bringIn", onWorking: setWriting }} />
            </Route>
            <Route path="/room/trash">
              <RoomPage show={{ at: "trash" }} />
            </Route>
            <Route path="/room/trash/:page">
              {({ page }) => withPage(page, (id) => <RoomPage show={{ at: "trashed", id }} />)}
            </Route>
            <Route path="/room/:page?">
              {({ page }) => {
                const id = readPageId(page);
                return <RoomPage show={id === undefined ? { at: "list" } : { at: "entry", id }} />;
              }}
            </Route>
            <Route path="/pair">
              <PairPage pairing={pairing} onLock={onLock} />
            </Route>
            <Route path="/pair/again">
              <PairPage pairing={pairing} onLock={onLock} at="again" />
            </Route>
            <Route path="/pair/own">
              <PairPage pairing={pairing} onLock={onLock} at="adds" />
            </Route>
            <Route path="/pair/join-own">
              <PairPage pairing={pairing} onLock={onLock} at="joins" />
            </Route>
            <Route path="/pair/lost">
              <PairPage pairing={pairing} onLock={onLock} at="lost" />
            </Route>
            <Route path="/capsule">
              <CapsulePage opened={opened} />
            </Route>
            <Route path="/settings">
              <SettingsPage />
            </Route>
            <Route path="/settings/at/:part">{({ part }) => <SettingsPage at={part} />}</Route>
            <Route path="/settings/ending">
              <EndingPage />
            </Route>
            <Route path="/settings/new-computer">
              <NewComputerPage />
            </Route>
            <Route path="/settings/passphrase">
              <PassphrasePage />
            </Route>
            <Route path="/settings/computer-key">
              <ComputerKeyPage />
            </Route>
            <Route path="/settings/words/check">
              <WordsCheckPage />
            </Route>
            <Route path="/about/licences">
              <LicencesPage />
            </Route>
            <Route path="/settings/words">
              <NewWordsPage onWriting={setWriting} />
            </Route>
            <Route>
              <Missing />
            </Route>
          </Switch>
        </ErrorBoundary>
      </KeepsOpenContext>
      <ChecksSpelling />
      <Palette open={sheet === "palette"} onClose={closeSheet} onKeys={showKeys} onLock={onLock} />
      <KeysSheet open={sheet === "keys"} onClose={closeSheet} />
    </Frame>
  );
};

const withPage = (
  text: string | undefined,
  show: (id: NonNullable<ReturnType<typeof readPageId>>) => React.ReactNode,
) => {
  const id = readPageId(text);
  return id === undefined ? <Missing /> : show(id);
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

/** Calm, and on every screen: it is for the person to say when there is paper at hand. */
const WordsNotice = () => {
  const { t } = useTranslation();
  const kept = useLive(useJournal().wordsKept);
  if (kept) return null;
  return (
    <div className="notice" role="status">
      <p>{t("wordsBanner")}</p>
      <Link className="btn" href="/settings/words">
        {t("wordsBannerGo")}
      </Link>
    </div>
  );
};
