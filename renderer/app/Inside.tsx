import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, Redirect, Route, Router, Switch, useLocation } from "wouter";
import { EntryPage } from "../journal/EntryPage.tsx";
import { JournalList } from "../journal/JournalList.tsx";
import { useAutoLock } from "../lock/useAutoLock.ts";
import { LetterPage } from "../letters/LetterPage.tsx";
import { LettersPlace } from "../letters/LettersPlace.tsx";
import { PairPage } from "../pair/PairPage.tsx";
import { type Pairing, usePairing } from "../pair/usePairing.ts";
import { QuestionList } from "../questions/QuestionList.tsx";
import { QuestionPage } from "../questions/QuestionPage.tsx";
import { RoomPage } from "../room/RoomPage.tsx";
import { SettingsPage } from "../settings/SettingsPage.tsx";
import { ErrorBoundary } from "../ui/ErrorBoundary.tsx";
import { Missing } from "../ui/Missing.tsx";
import { readPageId } from "../ui/pageId.ts";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
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
      <Rooms {...props} />
    </Router>
  );
};

const Rooms = ({ onLock, pairingLink, onPairingLinkTaken }: InsideProps) => {
  const journal = useJournal();
  const pairing = usePairing(journal.pairing);
  const { lockAfterMinutes } = useLive(journal.settings);
  const [writing, setWriting] = useWriting();
  useAutoLock(lockAfterMinutes, pairing.keepsOpen || writing, onLock);
  const [location, navigate] = useLocation();
  const { offerLink } = pairing;
  useEffect(() => {
    if (pairingLink === undefined) return;
    offerLink(pairingLink);
    onPairingLinkTaken();
    navigate("/pair");
  }, [pairingLink, offerLink, onPairingLinkTaken, navigate]);

  const section = location.split("/")[1];
  return (
    <Frame
      onLock={onLock}

      notice={
        <>
          {section === "pair" ? null : <PairingNotice pairing={pairing} />}
          {section === "settings" ? null : <WordsNotice />}
        </>
      }
    >
      <ErrorBoundary key={location}>
        <Switch>
          <Route path="/">
            <Redirect to="/journal" replace />
          </Route>
          <Route path="/journal">
            <JournalList />
          </Route>
          <Route path="/journal/:page">
            {({ page }) => withPage(page, (id) => <EntryPage key={id} id={id} />)}
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
          <Route path="/room/:page?">{({ page }) => <RoomPage id={readPageId(page)} />}</Route>
          <Route path="/pair">
            <PairPage pairing={pairing} />
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
