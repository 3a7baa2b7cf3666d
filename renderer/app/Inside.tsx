import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, Redirect, Route, Router, Switch, useLocation } from "wouter";
import { BackupNotice } from "../backup/BackupNotice.tsx";
import { CapsulePage } from "../capsule/CapsulePage.tsx";
import { KeepsBackups, useBackupKeeper } from "../backup/keeperContext.tsx";
import { EarlierWay } from "../history/EarlierWay.tsx";
import { EntryPage } from "../journal/EntryPage.tsx";
import { JournalList } from "../journal/JournalList.tsx";
import { ListMemories } from "../journal/list/listMemory.tsx";
import { TrashedEntry } from "../journal/trash/TrashedEntry.tsx";
import { TrashPage } from "../journal/trash/TrashPage.tsx";
import { useAutoLock } from "../lock/useAutoLock.ts";
import { LetterPage } from "../letters/LetterPage.tsx";
import { LettersPlace } from "../letters/LettersPlace.tsx";
import { BringInPage } from "../moving/BringInPage.tsx";
import { KeysSheet } from "../palette/KeysSheet.tsx";
import { Palette } from "../palette/Palette.tsx";
import { useAppKeys } from "../palette/useAppKeys.ts";
import { PairPage } from "../pair/PairPage.tsx";
import { type Pairing, usePairing } from "../pair/usePairing.ts";
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
import { useWish, WishesProvider } from "../ui/wishes.tsx";
import { NewWordsPage } from "../words/NewWordsPage.tsx";
import { Frame } from "./Frame.tsx";
import { asHash, usePlaces } from "./places.ts";

type InsideProps = {
  readonly onLock: () => void;
  readonly pairingLink: string | undefined;
  readonly onPairingLinkTaken: () => void;
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

const Rooms = ({ onLock, pairingLink, onPairingLinkTaken }: InsideProps) => {
  const journal = useJournal();
  const pairing = usePairing(journal.pairing);
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

  const section = location.split("/")[1];
  return (
    <Frame
      onLock={onLock}
      onPalette={() => setSheet("palette")}
      notice={
        <>
          {section === "pair" ? null : <PairingNotice pairing={pairing} />}
          {section === "settings" ? null : <WordsNotice />}
          {section === "settings" ? null : <BackupNotice />}
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
              <PairPage pairing={pairing} />
            </Route>
            <Route path="/capsule">
              <CapsulePage />
            </Route>
            <Route path="/settings">
              <SettingsPage />
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

/** The other side may answer while this side writes: it is said, and nobody is pulled away. */
const PairingNotice = ({ pairing }: { readonly pairing: Pairing }) => {
  const { t } = useTranslation();
  if (pairing.talk === undefined) return null;
  return <WordsWait talk={pairing.talk} text={t("pairingBanner")} go={t("pairingBannerGo")} />;
};

const WordsWait = ({
  talk,
  text,
  go,
}: {
  readonly talk: NonNullable<Pairing["talk"]>;
  readonly text: string;
  readonly go: string;
}) => {
  const view = useLive(talk.view);
  if (view.step !== "words") return null;
  return (
    <div className="notice" role="status">
      <p>{text}</p>
      <Link className="btn primary" href="/pair">
        {go}
      </Link>
    </div>
  );
};
