import { Redirect, Route, Switch } from "wouter";
import { LicencesPage } from "../about/LicencesPage.tsx";
import { BeginPlaces } from "../begin/BeginPlaces.tsx";
import { CapsulePage } from "../capsule/CapsulePage.tsx";
import { type WaitingFiles } from "../capsule/useOpenedFiles.ts";
import { EndingPage } from "../ending/EndingPage.tsx";
import { HelpPlaces } from "../help/HelpPlaces.tsx";
import { EarlierWay } from "../history/EarlierWay.tsx";
import { EntryPage } from "../journal/EntryPage.tsx";
import { JournalList } from "../journal/JournalList.tsx";
import { TrashedEntry } from "../journal/trash/TrashedEntry.tsx";
import { TrashPage } from "../journal/trash/TrashPage.tsx";
import { LetterPage } from "../letters/LetterPage.tsx";
import { AgreementPage } from "../agreements/AgreementPage.tsx";
import { AgreementsPlace } from "../agreements/AgreementsPlace.tsx";
import { PromisePage } from "../promises/PromisePage.tsx";
import { PromisesPlace } from "../promises/PromisesPlace.tsx";
import { ContactRoutes } from "../contact/ContactRoutes.tsx";
import { PlansPlace } from "../plans/PlansPlace.tsx";
import { TalkRoutes } from "../talks/TalkRoutes.tsx";
import { LettersPlace } from "../letters/LettersPlace.tsx";
import { NotesPlace } from "../notes/NotesPlace.tsx";
import { TheirSidePlace } from "../theirside/TheirSidePlace.tsx";
import { UndecidedPlace } from "../undecided/UndecidedPlace.tsx";
import { WhyPlace } from "../why/WhyPlace.tsx";
import { BringInPage } from "../moving/BringInPage.tsx";
import { ComputerKeyPage } from "../keys/ComputerKeyPage.tsx";
import { NewComputerPage } from "../keys/NewComputerPage.tsx";
import { PassphrasePage } from "../keys/PassphrasePage.tsx";
import { ForMe } from "../forme/ForMe.tsx";
import { PairPage } from "../pair/PairPage.tsx";
import { QuestionList } from "../questions/QuestionList.tsx";
import { QuestionPage } from "../questions/QuestionPage.tsx";
import { RoomPage } from "../room/RoomPage.tsx";
import { Today } from "../today/Today.tsx";
import { SessionPage } from "../session/SessionPage.tsx";
import { SettingsPage } from "../settings/SettingsPage.tsx";
import { Missing } from "../ui/Missing.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { readPageId } from "../ui/pageId.ts";
import { TimelineRoutes } from "../timeline/TimelineRoutes.tsx";
import { UsRoutes } from "../us/UsRoutes.tsx";
import { NewWordsPage } from "../words/NewWordsPage.tsx";
import { WordsCheckPage } from "../words/WordsCheckPage.tsx";
import type { Pairing } from "../pair/usePairing.ts";

type AllPlacesProps = {
  readonly onLock: () => void;
  readonly pairing: Pairing;
  readonly opened: WaitingFiles;
  /** Whether something is under way that locking by itself would cut off. */
  readonly onWorking: (working: boolean) => void;
};

/** Every place of the open journal, by its address. */
export const AllPlaces = ({ onLock, pairing, opened, onWorking }: AllPlacesProps) => {
  const journal = useJournal();
  return (
    <Switch>
      <Route path="/">
        <Redirect to="/today" replace />
      </Route>
      <Route path="/today/*?">
        <Today />
      </Route>
      <Route path="/for-me/*?">
        <ForMe />
      </Route>
      <Route path="/journal">
        <JournalList />
      </Route>
      <Route path="/journal/bring-in">
        <BringInPage book={journal.entries} base="/journal" onWorking={onWorking} />
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
      <Route path="/why/*?">
        <WhyPlace />
      </Route>
      <Route path="/when-then/*?">
        <NotesPlace key="whenThen" kind="whenThen" />
      </Route>
      <Route path="/setbacks/*?">
        <NotesPlace key="setback" kind="setback" />
      </Route>
      <Route path="/before/*?">
        <NotesPlace key="builds" kind="builds" />
      </Route>
      <Route path="/their-side/*?">
        <TheirSidePlace />
      </Route>
      <Route path="/undecided/*?">
        <UndecidedPlace />
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
      <Route path="/begin/*?">
        <BeginPlaces />
      </Route>
      <Route path="/help/*?">
        <HelpPlaces />
      </Route>
      <Route path="/talks/*?" component={TalkRoutes} />
      <Route path="/plans" component={PlansPlace} />
      <Route path="/contact/*?" component={ContactRoutes} />
      <Route path="/us/*?" component={UsRoutes} />
      <Route path="/timeline/*?">
        <TimelineRoutes />
      </Route>
      <Route path="/session">
        <SessionPage />
      </Route>
      <Route path="/room/bring-in">
        <RoomPage show={{ at: "bringIn", onWorking: onWorking }} />
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
        <NewWordsPage onWriting={onWorking} />
      </Route>
      <Route>
        <Missing />
      </Route>
    </Switch>
  );
};

const withPage = (
  text: string | undefined,
  show: (id: NonNullable<ReturnType<typeof readPageId>>) => React.ReactNode,
) => {
  const id = readPageId(text);
  return id === undefined ? <Missing /> : show(id);
};
