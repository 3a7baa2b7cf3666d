import type { Clock } from "../../base/clock.ts";
import type { FileSink } from "../../base/files.ts";
import { createCell } from "../../base/live.ts";
import { createQueue } from "../../base/queue.ts";
import type { Random } from "../../base/random.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import { startOfDay } from "../../base/startOfDay.ts";
import type { Work } from "../../base/work.ts";
import type { LedgerMessage } from "../../ledger/book.ts";
import type { LedgerStores, StoreCode } from "../../ledger/stores.ts";
import type { KeptShelf } from "../../page/shelf.ts";
import type { PastCouple } from "../../people/pastCouple.ts";
import type { KeyringContent } from "../../people/keyringContent.ts";
import { wipePersonKeys } from "../../people/person.ts";
import { wipeCouple } from "../../people/space.ts";
import type { MasterKey } from "../../vault/masterKey.ts";
import {
  theirWordsChoices,
  type Ending,
  type EndingChoice,
  type EndingCode,
  type EndingState,
  type TheirWords,
} from "../ending.ts";
import type { KeyringKeeper } from "../keys/keyringKeeper.ts";
import type { Bond } from "../travel/bond.ts";
import {
  lastMessageAmong,
  readLastMessage,
  writeLastMessage,
  type LastMessage,
} from "./lastMessage.ts";
import { askedFor, leaveCouple, pastOf } from "./leave.ts";
import type { PastShelf } from "./pastShelf.ts";
import { quietDrafts } from "./quietDrafts.ts";
import { createTheirWordsKeeper, theirsNow } from "./theirWords.ts";

const patient: Work = { progress: () => {}, cancelled: () => false };

/** Whatever carries has so long for the last message, ms. */
const lastMessageMs = 5_000;

export type EndingDesk = Ending & {
  /** The past, if there is one, open to read; what has to leave the disk goes on leaving it. */
  readonly start: () => Promise<Result<void, StoreCode>>;
  /** An ending with a last message that was cut short is finished. Once the journal stands open. */
  readonly resume: () => Promise<void>;
  readonly past: () => PastShelf | undefined;
  /** This has come. */
  readonly heard: (messages: readonly LedgerMessage[]) => void;
  /** The two have been joined anew. */
  readonly lookForLastMessage: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export type EndingDeskParts = {
  readonly keyring: KeyringKeeper;
  readonly masterKey: MasterKey;
  readonly openStores: (past: PastCouple) => LedgerStores;
  readonly drafts: KeptShelf;
  readonly bond: () => Bond | undefined;
  /** The same, once no other one is just taking its place. */
  readonly settledBond: () => Promise<Bond | undefined>;
  /** A journal from a backup writes nothing that travels: it ends without a last message. */
  readonly mayTell: boolean;
  /** What is being typed is on the disk, or the disk refuses. */
  readonly saveAll: () => Promise<Result<void, StoreCode>>;
  /** Carriers end and do not begin again; false: they may. */
  readonly hush: (hushed: boolean) => Promise<void>;
  /** The keyring is without a couple: close what was the two's, and wipe it. */
  readonly part: () => Promise<void>;
  /** What there is to read has changed. */
  readonly show: () => void;
  readonly clock: Clock;
  readonly random: Random;
  readonly onTrouble: (code: string) => void;
};

export const createEndingDesk = (parts: EndingDeskParts): EndingDesk => {
  const { keyring, clock, random, bond, onTrouble } = parts;
  const state = createCell<EndingState>({ state: "alone" });
  const turn = createQueue();
  let stopped = false;
  /** Ends the seconds that a last message has. */
  let leaveNow = (): void => {};

  const past = (): PastCouple | undefined => keyring.content.read().past;

  const tellState = async (): Promise<void> => {
    const was = past();
    if (was !== undefined) {
      const theirs = theirsNow(was.theirWords, clock.now());
      const { name: partner } = was.partner;
      return state.set({ state: "ended", partner, day: startOfDay(was.endedAt), theirs });
    }
    const joined = bond();
    if (joined === undefined) return state.set({ state: "alone" });
    const { theirs, inUse } = joined.shelf.chains;
    const said = await readLastMessage(joined.shelf, theirs, inUse.theirs);
    if (bond() === joined) showTogether(said);
  };

  const showTogether = (said: LastMessage | undefined): void => {
    if (stopped || state.read().state === "ending") return;
    const partnerEnded = said && { day: said.doubtful ? undefined : startOfDay(said.time) };
    state.set({ state: "together", partnerEnded });
  };

  const words = createTheirWordsKeeper({
    ...{ keyring, clock, random, onTrouble, turn },
    ...{ masterKey: parts.masterKey, openStores: parts.openStores, show: parts.show },
    onSettled: tellState,
  });

  const finish = async (theirWords: TheirWords): Promise<Result<void, EndingCode>> => {
    if (bond() === undefined || stopped) return refuse("NOT_PAIRED");
    await parts.hush(true);
    const joined = bond();
    if (joined === undefined) {
      await parts.hush(false);
      return refuse("NOT_PAIRED");
    }
    const { keys: oldKeys, couple: oldCouple } = keyring.content.read();
    const ended = pastOf(joined, theirWords, clock.now());
    const saved = await keyring.change((now) => leaveCouple(now, ended, random));
    if (!saved.ok) {
      await parts.hush(false);
      return saved;
    }
    await parts.part();
    wipePersonKeys(oldKeys);
    if (oldCouple !== undefined) wipeCouple(oldCouple);
    await quietDrafts(parts.drafts, random);
    // What the disk refuses from here on is tried again: the journal has ended.
    await words.settle();
    return accept(undefined);
  };

  const end = async ({
    tell,
    theirWords,
    file,
  }: EndingChoice): Promise<Result<void, EndingCode>> => {
    if ((await parts.settledBond()) === undefined || stopped) return refuse("NOT_PAIRED");
    // Afterwards there is nowhere to write them: a shared page takes no more words.
    const saved = await parts.saveAll();
    if (!saved.ok) return saved;
    state.set({ state: "ending" });
    // While they were being saved a computer may have been learned of: what stood open before is closed by then.
    const joined = await parts.settledBond();
    if (joined === undefined || stopped) return refuse("NOT_PAIRED");
    if (tell && parts.mayTell) {
      const told = await sendLastMessage(joined, theirWords, file);
      if (!told.ok) return told;
    }
    return finish(theirWords);
  };

  /** What was asked for is on the disk before the partner can hear of it: cut short, the next start finishes it. */
  const sendLastMessage = async (
    joined: Bond,
    theirWords: TheirWords,
    file: FileSink | undefined,
  ): Promise<Result<void, StoreCode>> => {
    const asked = await keyring.change((now) => withAsked(now, theirWords));
    if (!asked.ok) return asked;
    const written = await writeLastMessage(joined.shelf);
    if (written.ok)
      await Promise.race([
        // A file that could not be made stands nowhere, and its sink tells whoever asked. The message is in the chain
        // all the same, and may go by what carries.
        file === undefined
          ? joined.handOver(lastMessageMs)
          : joined.capsules.write("new", file, patient),
        new Promise<void>((resolve) => (leaveNow = resolve)),
      ]);
    else await keyring.change((now) => withAsked(now, undefined));
    return written;
  };

  const endInTurn: Ending["end"] = (choice) =>
    turn(async () => {
      const ended = await end(choice);
      if (!ended.ok && !stopped) {
        state.set({ state: "alone" });
        await tellState();
      }
      return ended;
    });

  return {
    state,
    past: words.open,
    end: endInTurn,
    decide: words.decide,
    start: () =>
      turn(async () => {
        if (past() === undefined) {
          await tellState();
          return accept(undefined);
        }
        if (!(await quietDrafts(parts.drafts, random))) onTrouble("STORE_FAILED");
        await words.settle();
        return words.open() === undefined ? refuse("STORE_FAILED") : accept(undefined);
      }),
    resume: async () => {
      const asked = readAsked(keyring.content.read());
      if (asked === undefined || stopped || bond() === undefined || !parts.mayTell) return;
      // Nobody has said it on this screen: what cannot be taken back waits for somebody who does.
      const theirWords = asked === "now" ? "later" : asked;
      const ended = await endInTurn({ tell: true, theirWords });
      if (!ended.ok) onTrouble(ended.code);
    },
    heard: (messages) => {
      const chains = bond()?.shelf.chains;
      const said = chains && lastMessageAmong(messages, chains);
      if (said !== undefined && past() === undefined) showTogether(said);
    },
    lookForLastMessage: async () => {
      if (!stopped && past() === undefined) await tellState();
    },
    stop: async () => {
      stopped = true;
      leaveNow();
      await words.stop();
    },
  };
};

const withAsked = (now: KeyringContent, words: TheirWords | undefined): KeyringContent => {
  const { [askedFor]: _, ...settings } = now.settings;
  return { ...now, settings: words === undefined ? settings : { ...settings, [askedFor]: words } };
};

const readAsked = ({ settings }: KeyringContent): TheirWords | undefined =>
  theirWordsChoices.find((choice) => choice === settings[askedFor]);
