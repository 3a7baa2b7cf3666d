import type { FileSource } from "../base/files.ts";
import type { PageId } from "../base/ids.ts";
import type { Live } from "../base/live.ts";
import type { Result } from "../base/result.ts";
import type { Work } from "../base/work.ts";
import type { SpellingLanguage } from "../bridge/spelling.ts";
import type { StoreCode } from "../ledger/stores.ts";
import type { Card, Day, Depth, Fits, LetterKind, Need, PutOff, Went } from "../page/card.ts";
import type { Hands } from "../page/hands.ts";
import type { InvitationCode, PairingCode } from "../people/codes.ts";
import type { DoorTrouble, UnlockCode } from "./doorCodes.ts";
import type { History, OpenPage, PageCode } from "./openPage.ts";
import type { Backups, BackupSecret, RestoreCode, RoomBackups } from "./backups.ts";
import type { Capsules } from "./capsules.ts";
import type { Ending } from "./ending.ts";
import type { BookCode, EntryBook } from "./entryBook.ts";
import type { Pacing } from "./pacing.ts";
import type { Practising } from "./practising.ts";
import type { Vision } from "./vision.ts";

/** Everything a screen may ask for. Components see this and nothing below it. */

/** The door: before anything is unlocked. Made by renderer/door.ts from the bridge and the stores. */
export type Door = {
  readonly look: () => Promise<DoorView>;
  /** Words that a full disk refused wait in this process's memory, sealed, for the next unlocking, and nowhere else. */
  readonly holdsWords: () => boolean;
  /** Long (Argon2id, up to some seconds, in a worker): `progress` hears of each step in order. */
  readonly create: (
    first: FirstRun,
    progress: (step: CreateStep) => void,
  ) => Promise<Result<Created, CreateCode>>;
  readonly unlock: (passphrase: string) => Promise<Result<Journal, UnlockCode>>;
  /** The forgotten-passphrase path: words in, new passphrase set, open. */
  readonly unlockWithWords: (
    words: readonly string[],
    newPassphrase: string,
  ) => Promise<Result<Journal, UnlockCode>>;
  /**
   * From a backup into a place where nothing is yet; all of it or nothing. Sharing stays paused: this is another
   * device, and the partner has not met it (PROTOCOL §3).
   */
  readonly restore: (
    file: FileSource,
    secret: BackupSecret,
    work: Work,
  ) => Promise<Result<Journal, RestoreCode>>;
  readonly aside: AsideDesk;
};

/** Where neither the passphrase nor the words are left: a new beginning that deletes nothing. */
export type AsideDesk = {
  /** Journals that were put aside on this computer, newest first. */
  readonly list: () => readonly AsideJournal[];
  /** What is here now is put aside, whole and sealed; `look` says "new" after it. Nothing may be unlocked. */
  readonly putAside: () => Promise<Result<void, AsideCode>>;
  /** Changes places: that one is here again, and what was here is put aside. */
  readonly goBack: (place: number) => Promise<Result<void, AsideCode>>;
};
/** `at`: when it was put aside, ms. */
export type AsideJournal = { readonly place: number; readonly at: number };
/** NOT_THERE: no such journal. */
export type AsideCode = "DISK_FAILED" | "NOT_THERE";

/** `waitMs`: how long until the next try is allowed after wrong ones; 0 means now. */
export type DoorView =
  | { readonly state: "new" }
  | { readonly state: "locked"; readonly waitMs: number }
  | { readonly state: "damaged"; readonly code: DoorTrouble };

export type FirstRun = {
  readonly name: string;
  readonly role: Role;
  readonly passphrase: string;
};

/** Private, changeable at any time, never shown to the partner. */
export const roles = ["hurt", "broke", "both", "neither"] as const;
export type Role = (typeof roles)[number];

export type CreateStep = "measuring" | "deriving" | "writing";
export type CreateCode = "EXISTS" | "NAME_EMPTY" | "PASSPHRASE_SHORT" | DoorTrouble;

export type Created = {
  /** 12 words, shown once, never put on the clipboard by us. */
  readonly recoveryWords: readonly string[];
  readonly journal: Journal;
};

export type Journal = Practising &
  Pacing & {
    readonly me: Live<Me>;
    readonly changeMe: (change: Partial<Me>) => Promise<Result<void, StoreCode>>;
    /** Undefined until paired, and again once the journal has ended. */
    readonly partner: Live<Partner | undefined>;
    /** Every page of the shared side that I may see and have let arrive, newest first. Closed ones have no excerpt. */
    readonly cards: Live<readonly Card[]>;
    readonly openPage: (page: PageId) => Promise<Result<OpenPage, PageCode>>;
    readonly vision: Vision;
    /** The entries of both, and mine that nobody sees until they are shared. */
    readonly entries: EntryBook;
    readonly draftQuestion: () => Promise<Result<PageId, StoreCode>>;
    readonly describeQuestion: (
      draft: PageId,
      description: QuestionDescription,
    ) => Promise<Result<void, PageCode>>;
    /** The unsent answer to this question, made where there is none. */
    readonly draftAnswer: (question: PageId) => Promise<Result<PageId, PageCode>>;
    /** "Something you should know". */
    readonly draftTold: () => Promise<Result<PageId, StoreCode>>;
    /** The one there is, or a new one. DELIVERED: mine went out before; what comes later is an addition. */
    readonly draftDisclosure: () => Promise<Result<PageId, StoreCode | "DELIVERED">>;
    /** To a disclosure of mine that was delivered. */
    readonly draftAddition: (disclosure: PageId) => Promise<Result<PageId, PageCode>>;
    readonly draftLetter: (about: LetterKind) => Promise<Result<PageId, StoreCode>>;
    /** Only for a letter of impact of mine that is not sent. 0 to 336 hours. */
    readonly setPause: (draft: PageId, hours: number) => Promise<Result<void, PageCode>>;
    /** To a letter of the partner that I have opened. One may be under way at a time. */
    readonly draftReply: (letter: PageId) => Promise<Result<PageId, PageCode>>;
    /** "What I heard", about a page of the partner that I have opened: a question, an answer, an entry, a letter. */
    readonly draftHeard: (page: PageId) => Promise<Result<PageId, PageCode>>;
    /** Only whose words were heard: yes, or not quite. Can be said anew; the newest holds. */
    readonly nod: (heard: PageId, fits: Fits) => Promise<Result<void, PageCode>>;
    /** "I'll answer by …", to a question of the partner. Said anew it changes in the open. */
    readonly sayDay: (question: PageId, day: Day) => Promise<Result<void, PageCode>>;
    /**
     * What I propose that we agree, for at most 90 days. `revises`: in the place of one that stands or stood; the one
     * that is begun for it, or a new one with its words.
     */
    readonly draftAgreement: (revises?: PageId) => Promise<Result<PageId, PageCode>>;
    /** Until which day it is to hold; a day that has passed, or beyond 90 days, counts as the nearest that can be. */
    readonly setReview: (draft: PageId, day: Day) => Promise<Result<void, PageCode>>;
    /** To what the partner proposes. */
    readonly sayYes: (agreement: PageId) => Promise<Result<void, PageCode>>;
    /** By either, at once and without a reason: an agreement that stands ends, one that was proposed is declined. */
    readonly endAgreement: (agreement: PageId) => Promise<Result<void, PageCode>>;
    /** A small promise of mine; the one that is begun without a word, or a new one. */
    readonly draftPromise: () => Promise<Result<PageId, PageCode>>;
    /** For which day, or for none. */
    readonly setPromiseDay: (
      draft: PageId,
      day: Day | undefined,
    ) => Promise<Result<void, PageCode>>;
    /** How a promise of mine went: the words for it that are begun, or new ones. */
    readonly draftOutcome: (promise: PageId) => Promise<Result<PageId, PageCode>>;
    readonly setWent: (draft: PageId, went: Went) => Promise<Result<void, PageCode>>;
    /** Lets a draft rest until then: it cannot be sent before. Undefined: takes it up again now. */
    readonly rest: (draft: PageId, until: number | undefined) => Promise<Result<void, PageCode>>;
    /** A private copy of a shared page of mine, to change its words in; sharing the copy changes the page. */
    readonly draftChange: (page: PageId) => Promise<Result<PageId, PageCode>>;
    /** The words as they stood, oldest first, from the ledger; the newest is how the page stands now. */
    readonly openHistory: (page: PageId) => Promise<Result<History, PageCode>>;
    /** Takes the words of a shared page of mine away, here and there, for good; a dated trace stays. */
    readonly withdraw: (page: PageId) => Promise<Result<void, PageCode>>;
    /** Removes an unshared draft, for good. */
    readonly discardDraft: (draft: PageId) => Promise<Result<void, PageCode>>;
    /**
     * Shares an entry, posts a question, sends an answer: the words as they stand now, without their
     * history, become a new page of my shared notebook, or the words of the page that the draft changes.
     * Returns that page; the draft is gone.
     */
    readonly share: (draft: PageId) => Promise<Result<PageId, ShareCode>>;
    /** Only the asker; asks the partner for a fresh answer beside the earlier ones. */
    readonly askAgain: (question: PageId) => Promise<Result<void, PageCode>>;
    /** I open what arrived closed. Stays on this computer; the partner cannot learn of it. */
    readonly openClosed: (page: PageId) => Promise<Result<void, PageCode>>;
    /** "Not today", "for a session", or neither any more. Stays on this computer. */
    readonly putOff: (page: PageId, to: PutOff | undefined) => Promise<Result<void, PageCode>>;
    /** "Enough for today": ends by itself at midnight. Stays on this computer. */
    readonly enough: Live<boolean>;
    readonly setEnough: (enough: boolean) => Promise<Result<void, PageCode>>;
    readonly arrivals: Live<Arrivals>;
    /** Lets in what waits behind quiet hours, chosen times and how many may come at once. */
    readonly letIn: () => Promise<Result<void, PageCode>>;
    /** The hand signals that stand now; one that is over goes by itself. */
    readonly hands: Live<Hands>;
    /** Pages in which every one of these words begins a word, in any order; closed pages are never searched. */
    readonly find: (words: string) => Promise<ReadonlySet<PageId>>;
    readonly sync: Live<SyncTruth>;
    /** What travels as a file. */
    readonly capsules: Capsules;
    readonly pairing: PairingDesk;
    /** Who uses which computers besides this one. */
    readonly computers: Live<Computers>;
    readonly ending: Ending;
    readonly room: Room;
    readonly backups: Backups;
    readonly settings: Live<Settings>;
    readonly changeSettings: (change: Partial<Settings>) => Promise<Result<void, StoreCode>>;
    /** Asks this server, and nobody else, what it does; within 10 s. */
    readonly tryServer: (server: IceServer) => Promise<ServerAnswer>;
    /** Whether the words that open the vault now were confirmed from paper; false again as soon as there are new ones. */
    readonly wordsKept: Live<boolean>;
    readonly keepWords: () => Promise<Result<void, StoreCode>>;
    /**
     * 12 other words, shown once; the old ones stop working. Long (Argon2id). Counts wrong passphrases as `unlock` does.
     */
    readonly newRecoveryWords: (
      passphrase: string,
    ) => Promise<Result<readonly string[], UnlockCode>>;
    readonly wordsCheck: WordsCheck;
    /**
     * Long (Argon2id). Counts wrong ones as `unlock` does. Backups that were set up are set up for the new one; those
     * that are made already open with the old one for ever.
     */
    readonly changePassphrase: (current: string, next: string) => Promise<Result<void, UnlockCode>>;
    readonly computerKey: ComputerKey;
    /** What went wrong lately, newest first, as codes; at most 50, memory only, no words in it. */
    readonly troubles: Live<readonly Trouble[]>;
    /** Seals what is being typed, waits until it is on disk, stops carriers, forgets every key. */
    readonly lock: () => Promise<void>;
  };

/** Whether the paper with the recovery words can still be found and read: asked now and then, never pressed. */
export type WordsCheck = {
  readonly due: Live<boolean>;
  /** "Not now": not for a month. */
  readonly later: () => Promise<Result<void, StoreCode>>;
  /** All twelve, tried on the vault itself; nothing is kept of them. BAD_WORDS, WRONG_SECRET: others open it. */
  readonly check: (words: readonly string[]) => Promise<Result<void, UnlockCode>>;
};

/** The secret that this computer's keychain keeps (PROTOCOL §3, DS). */
export type ComputerKey = {
  /** "nowhere": a plain browser, or a desktop without a keychain; the passphrase alone protects the journal. */
  readonly kept: Live<"keychain" | "nowhere">;
  /**
   * Another secret takes its place; both vaults are sealed anew under it, and the old one is deleted: unless a journal
   * that was put aside here still needs it ("kept"). Killed at any step, both open. `room`: my room's passphrase,
   * where it is made.
   */
  readonly renew: (
    passphrase: string,
    room: string | undefined,
  ) => Promise<Result<"deleted" | "kept", UnlockCode | "ROOM_WRONG_SECRET">>;
};

export type Me = { readonly name: string; readonly role: Role };
export type Partner = { readonly name: string };

/** `mine`: others of mine beside this one. `theirs`: all of the partner's. `mayAdd`: there is a partner, and room. */
export type Computers = {
  readonly mine: number;
  readonly theirs: number;
  readonly mayAdd: boolean;
};

/** RESTING: its writer lets it rest. PAUSED: the pause before a reply is not over. */
export type ShareCode = PageCode | "NOT_PAIRED" | "RESTING" | "PAUSED";

/** What is left out stays as it is; `helpsBy: undefined` takes the day away. */
export type QuestionDescription = {
  readonly need?: Need;
  readonly depth?: Depth;
  readonly helpsBy?: Day | undefined;
};

/** What this reader has chosen to let come, and whether something waits behind it. Nothing is counted. */
export type Arrivals = {
  /** Set in quiet hours: when they end, ms. */
  readonly quietUntil: number | undefined;
  /** Questions wait behind those that are shown. */
  readonly moreQuestions: boolean;
  /** Set while this person has stepped away. */
  readonly away: Away | undefined;
};

/**
 * Says that the two are up to date and since which day; never who was awake when (PRODUCT, safety 3).
 * Times are milliseconds, already cut to the start of a local day.
 */
export type SyncTruth =
  | { readonly state: "alone" }
  | { readonly state: "notYetMet" }
  /** This journal came back from a backup: it reads what was shared, and nothing travels. */
  | { readonly state: "paused" }
  /** This person has ended the journal: nothing travels any more. */
  | { readonly state: "ended" }
  | { readonly state: "upToDate"; readonly sinceDay: number }
  /** `sinceDay`: of the oldest words that wait; undefined where only photos do. */
  | {
      readonly state: "waiting";
      readonly pages: number;
      readonly sinceDay: number | undefined;
      readonly heardDay: number | undefined;
    }
  /** What was shared lately goes out soon (Settings.sendsAtOnce); nothing else waits. */
  | { readonly state: "leaving" }
  /** The partner has said that there is more of theirs than has come so far; `photosOnly`: the words are all here. */
  | { readonly state: "arriving"; readonly photosOnly: boolean }
  | { readonly state: "broken"; readonly code: "FORK" | "FROZEN" };

/** `at`: the day, as its local midnight in ms. */
export type Trouble = { readonly code: string; readonly at: number };

/** A place of one's own: own passphrase, own keys, never carried. Exists from the first day. */
export type Room = {
  readonly state: Live<RoomState>;
  readonly setUp: (passphrase: string) => Promise<Result<void, RoomCode>>;
  readonly unlock: (passphrase: string) => Promise<Result<void, RoomCode>>;
  readonly lock: () => Promise<void>;
  /** Empty while it is closed; whatever is asked of it then is refused with ROOM_LOCKED. */
  readonly entries: EntryBook;
  /** A copy of the words, the title, the day and the photos among my drafts; tags and feelings stay in here. */
  readonly copyOut: (page: PageId) => Promise<Result<PageId, BookCode>>;
  /** A copy of an entry or a draft of mine in here; the original stays where it is. */
  readonly copyIn: (page: PageId) => Promise<Result<PageId, BookCode>>;
  readonly backups: RoomBackups;
  /** Open or closed. Long. */
  readonly changePassphrase: (current: string, next: string) => Promise<Result<void, RoomCode>>;
  /** Its own, shown while it is open and forgotten with it: among the shared side's they would tell of it. */
  readonly troubles: Live<readonly Trouble[]>;
  /** Into a room that was never made. */
  readonly restore: (
    file: FileSource,
    passphrase: string,
    work: Work,
  ) => Promise<Result<void, RestoreCode | RoomCode>>;
};

/**
 * `made` is known only inside the unlocked shared side; on the disk nothing tells whether it was ever set up.
 * Setting up again is refused (ROOM_EXISTS): it would lock away what was written.
 */
export type RoomState = { readonly state: "closed" | "opening" | "open"; readonly made: boolean };
export type RoomCode =
  | "ROOM_EXISTS"
  | "WRONG_SECRET"
  | "WAIT"
  | "PASSPHRASE_SHORT"
  | "SAME_PASSPHRASE"
  | "ROOM_LOCKED"
  | StoreCode
  | DoorTrouble;

/**
 * "again": the partner has another computer now; only with it may a journal that has its two meet again. A journal
 * from a backup meets again in any case. "lost": of several computers of one's own one is lost, and this one meets the
 * partner as a new device, with the journal that it has; all others are out. "joins": this is another computer of somebody's who adds it (`adding`).
 */
export type PairHow = "again" | "lost" | "joins";

export type PairingDesk = {
  /** `here`: valid 10 minutes; `apart`: 24 hours. */
  readonly invite: (
    where: "here" | "apart",
    how?: PairHow,
  ) => Promise<Result<Invited, PairingCode>>;
  /** Reads a pasted or opened link without contacting anyone. */
  readonly read: (link: string) => Result<ReadInvitation, InvitationCode>;
  /** Contacts the meeting point and starts. */
  readonly join: (
    link: string,
    how?: PairHow,
  ) => Promise<Result<PairingTalk, InvitationCode | PairingCode>>;
  /**
   * Another computer of one's own, which comes as "joins". Whoever sits at an unlocked computer could add theirs, so
   * it takes the passphrase, each time anew. Long (Argon2id). Counts wrong passphrases as `unlock` does.
   */
  readonly adding: (passphrase: string) => Promise<Result<AddingDesk, UnlockCode>>;
};

/** Good until the journal is locked; whoever holds it lets go of it with the screen. */
export type AddingDesk = {
  readonly invite: (where: "here" | "apart") => ReturnType<PairingDesk["invite"]>;
  readonly join: (link: string) => ReturnType<PairingDesk["join"]>;
};

export type Invited = {
  /** twofold://pair#…: what goes into the link field and the QR code. */
  readonly link: string;
  readonly expiresAt: number;
  readonly talk: PairingTalk;
};

export type ReadInvitation = {
  readonly expiresAt: number;
  readonly meetingPoints: readonly string[];
};

/** One attempt at pairing. Ends in `done` or `ended`, and then never changes again. */
export type PairingTalk = {
  readonly view: Live<PairingView>;
  readonly confirm: () => void;
  readonly differ: () => void;
  readonly cancel: () => void;
};

/** Whose computer is new: nobody's, as at a first pairing; the partner's; or this one. */
export type Meeting = "first" | "theirs" | "mine" | "adds" | "joins";

export type PairingView =
  | { readonly step: "waiting" }
  | { readonly step: "meeting" }
  | {
      readonly step: "words";
      readonly words: readonly string[];
      readonly confirmed: boolean;
      readonly meeting: Meeting;
      /** The other's person has other keys than the one known here: none of the earlier ones vouches for them. */
      readonly otherKeys: boolean;
    }
  | { readonly step: "finishing" }
  | { readonly step: "done"; readonly partner: Partner }
  | { readonly step: "ended"; readonly code: PairingCode };

export type Settings = {
  /** Meeting points (ws:// or wss://) used besides the embedded one. Empty by default. */
  readonly meetingPoints: readonly string[];
  /** Use the meeting point that this app runs itself. True by default. */
  readonly embeddedMeetingPoint: boolean;
  /** Let it be reached from the local network. False by default. */
  readonly openToNetwork: boolean;
  /** STUN and TURN, empty by default: then only direct connections are tried. */
  readonly iceServers: readonly IceServer[];
  /** Only over a TURN server, so that the partner's device does not see this one's address. False by default. */
  readonly relayOnly: boolean;
  /** Own words go out the moment they are written, for writing together; else some seconds later. False by default. */
  readonly sendsAtOnce: boolean;
  /** Mailboxes (ws:// or wss://) that keep sealed envelopes until the partner's computer fetches them. None by default. */
  readonly mailboxes: readonly string[];
  /** Put sealed files into the folder that this computer's shell keeps, and take in the partner's. False by default. */
  readonly sharedFolder: boolean;
  readonly lockAfterMinutes: number;
  /** Gentle hints while writing. On this device, nothing stored. True by default. */
  readonly hints: boolean;
  /** Which dictionary marks words, where the shell has some. By default that of this computer's language. */
  readonly spelling: "off" | "system" | SpellingLanguage;
  /** Words that no dictionary has and that are right all the same. */
  readonly ownWords: readonly string[];
  /** How many of the partner's questions that I have not taken up may stand before me; 0: as many as come. */
  readonly questionsAtOnce: number;
  /** Nothing new of the partner's appears in these hours. */
  readonly quietHours: HoursOfDay | undefined;
  /** When "something you should know" may arrive; undefined: at any time. */
  readonly tellTimes: TellTimes | undefined;
  /** Stepped away: nothing of the partner's appears until then. What has passed counts as undefined. */
  readonly away: Away | undefined;
  /** Of how many computers of the partner's this person knows: of another one they are told once. 1 by default. */
  readonly computersKnown: number;
  /** Where this person says that they are; chooses what is offered first, and is never shown to the partner. */
  readonly stage: Stage | undefined;
  /** Takes part in thank-you lines. False by default; the partner never learns of it. */
  readonly thanks: boolean;
};

/** Since it came to light: the first days, some weeks, months, longer. */
export const stages = ["days", "weeks", "months", "longer"] as const;
export type Stage = (typeof stages)[number];

/** A moment, ms, or until the person comes back. */
export type Away = number | "open";

/** Minutes since local midnight, 0 to 1439; over midnight where `from` is later than `to`. Never equal. */
export type HoursOfDay = { readonly from: number; readonly to: number };
/** `weekdays`: 0 is Sunday; at least one. Hours that go over midnight belong to the day on which they begin. */
export type TellTimes = HoursOfDay & { readonly weekdays: readonly number[] };

export type IceServer = {
  readonly url: string;
  readonly username?: string;
  readonly credential?: string;
};

/**
 * What a STUN or TURN server does for us. carries: bytes went out and back through the relay. letsIn: it gave an
 * address to relay at, and nothing came back by it in time. answers: a STUN server told this computer's address.
 * refused: it does not take the name and password. silent: nothing came from it.
 */
export type ServerAnswer = "carries" | "letsIn" | "answers" | "refused" | "silent";
