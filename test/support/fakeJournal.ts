import * as Y from "yjs";
import { type Cell, createCell } from "../../shared/base/live.ts";
import type { Clock } from "../../shared/base/clock.ts";
import type { PageId } from "../../shared/base/ids.ts";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import type {
  Arrivals,
  AsideJournal,
  Computers,
  Door,
  DoorView,
  Journal,
  Me,
  PairHow,
  PairingTalk,
  PairingView,
  Partner,
  Room,
  RoomState,
  Settings,
  SyncTruth,
  Trouble,
} from "../../shared/journal/journal.ts";
import type {
  EndingCode,
  EndingState,
  TheirsNow,
  TheirWords,
} from "../../shared/journal/ending.ts";
import { createHandSignals } from "../../shared/journal/handSignals.ts";
import type { History, OpenPage, PageCode, SaveState } from "../../shared/journal/openPage.ts";
import type { Card, PageBody } from "../../shared/page/card.ts";
import type { CameAt } from "../../shared/page/hands.ts";
import type { PaceView } from "../../shared/page/pace.ts";
import { photosIn } from "../../shared/page/photosIn.ts";
import { saysEnough } from "../../shared/page/practices.ts";
import type { VersionId } from "../../shared/page/versions.ts";
import { fakeAgreeing } from "./fakeAgreements.ts";
import { fakePractices } from "./fakePractices.ts";
import { fakeBackups, fakeBook } from "./fakeBook.ts";
import { fakeGate } from "./fakeGate.ts";
import { createFakeCapsules, type FakeCapsules } from "./fakeCapsules.ts";
import { fakeVision, type FakeVision } from "./fakeVision.ts";
import { createFakePhotos, type FakePhotos } from "./fakePhotos.ts";

/**
 * A Door and a Journal in memory, with no keys and no disk: for looking at screens and for nothing else.
 * It is never part of what is built for people.
 */
export type FakeJournal = Journal & {
  readonly set: {
    readonly partner: (partner: Partner | undefined) => void;
    readonly sync: (truth: SyncTruth) => void;
    readonly computers: (computers: Computers) => void;
    readonly troubles: (troubles: readonly Trouble[]) => void;
    readonly pairing: (view: PairingView) => void;
    readonly saved: (state: SaveState) => void;
    readonly room: (state: RoomState["state"]) => void;
    readonly wordsKept: (kept: boolean) => void;
    readonly wordsDue: (due: boolean) => void;
    readonly computerKey: (kept: "keychain" | "nowhere") => void;
    readonly arrivals: (arrivals: Arrivals) => void;
    /** A page of the partner's, as it comes from their computer. */
    readonly arrive: (page: Written) => void;
    readonly enough: (enough: boolean) => void;
    readonly pace: (view: PaceView) => void;
    /** A page of the partner's comes in, whatever it says of itself. */
    readonly says: (card: Partial<Card>) => PageId;
    readonly capsules: FakeCapsules["set"];
    readonly ending: (state: EndingState) => void;
    /** The next ending is refused. */
    readonly refuseEnding: (code: EndingCode) => void;
  };
  readonly locked: () => boolean;
  /** Of every attempt at pairing, what was said of whose computer comes. */
  readonly meetings: () => readonly (PairHow | "adds" | "plain")[];
  /** Of every entry of the journal. */
  readonly photos: FakePhotos;
};

/** `earlier`: how the words stood before, oldest first; `earlierAt`: since when, as far as it is said. */
export type Written = Omit<Card, "excerpt"> & {
  readonly body: string;
  readonly earlier?: readonly string[];
  readonly earlierAt?: readonly number[];
};

export type FakeStart = {
  readonly clock: Clock;
  readonly partner?: Partner;
  readonly pages?: readonly Written[];
  readonly room?: readonly Written[];
  readonly vision?: FakeVision;
  /** Cards without pages behind them: a page is made from its card when it is opened. */
  readonly many?: readonly Card[];
};

export const createFakeJournal = (start: FakeStart): FakeJournal => {
  const { clock } = start;
  const newId = countIds();
  const shelf = createShelf(start.pages ?? [], clock, start.many);
  const roomShelf = createShelf(start.room ?? [], clock);
  const me = createCell<Me>({ name: "Noor", role: "hurt" });
  const partner = createCell<Partner | undefined>(start.partner);
  const sync = createCell<SyncTruth>({
    state: start.partner === undefined ? "alone" : "notYetMet",
  });
  const computers = createCell<Computers>({
    mine: 0,
    theirs: start.partner === undefined ? 0 : 1,
    mayAdd: start.partner !== undefined,
  });
  const troubles = createCell<readonly Trouble[]>([]);
  const settings = createCell<Settings>({
    meetingPoints: [],
    embeddedMeetingPoint: true,
    openToNetwork: false,
    iceServers: [],
    relayOnly: false,
    sendsAtOnce: false,
    mailboxes: [],
    sharedFolder: false,
    lockAfterMinutes: 2,
    hints: true,
    spelling: "en-GB",
    ownWords: [],
    questionsAtOnce: 0,
    quietHours: undefined,
    tellTimes: undefined,
    away: undefined,
    computersKnown: 1,
    stage: undefined,
    thanks: true,
  });
  const enough = createCell(false);
  const pace = createCell<PaceView>({ state: "none", last: undefined, again: true });
  const came = createCell<CameAt>(new Map());
  const arrivals = createCell<Arrivals>({
    quietUntil: undefined,
    moreQuestions: false,
    away: undefined,
  });
  const gate = fakeGate({ everything: shelf.cards, settings, clock });
  gate.arrivals.subscribe(() => arrivals.set(gate.arrivals.read()));
  const capsules = createFakeCapsules(clock);
  const ending = createCell<EndingState>(
    start.partner === undefined
      ? { state: "alone" }
      : { state: "together", partnerEnded: undefined },
  );
  let endingRefused: EndingCode | undefined;
  const theirsAfter = (words: TheirWords): TheirsNow => {
    if (words === "now") return { at: "gone" };
    return words === "keep"
      ? { at: "kept" }
      : { at: "until", day: clock.now() + 30 * 24 * 60 * 60 * 1000 };
  };
  const wordsKept = createCell(true);
  const wordsDue = createCell(false);
  const computerKey = createCell<"keychain" | "nowhere">("keychain");
  const pairing = createCell<PairingView>({ step: "waiting" });
  const meetings: (PairHow | "adds" | "plain")[] = [];
  const paired = (how?: PairHow | "adds"): void => {
    const { mine, theirs } = computers.read();
    const more = how === "adds" || how === "joins" ? 1 : 0;
    computers.set({ mine: mine + more, theirs: Math.max(theirs, 1), mayAdd: true });
    partner.set({ name: "Sam" });
  };
  let locked = false;

  const invite = async (where: "here" | "apart", how?: PairHow | "adds") => {
    meetings.push(how ?? "plain");
    pairing.set({ step: "waiting" });
    return accept({
      link: `twofold://pair#${"AQAAAZq9c2fT0kqjv3pXyZ8LhWm4Rn7Ud5Ee1Ss6Gg2Tt9Bb-".repeat(4)}`,
      expiresAt: clock.now() + (where === "here" ? 10 : 24 * 60) * 60_000,
      talk: fakeTalk(pairing, () => paired(how)),
    });
  };
  const join = async (_: string, how?: PairHow | "adds") => {
    meetings.push(how ?? "plain");
    pairing.set({ step: "waiting" });
    return accept(fakeTalk(pairing, () => paired(how)));
  };

  const draft = (card: Partial<Card>): PageId => {
    const id = newId();
    shelf.add({ ...plainCard(id, clock.now()), place: "draft", ...card }, "");
    return id;
  };

  return {
    me,
    changeMe: async (change) => accept(me.set({ ...me.read(), ...change })),
    partner,
    cards: gate.cards,
    openPage: shelf.open,
    entries: fakeBook({
      ...{ place: "journal", shelf, standing: gate.cards, clock },
      draft: () => draft({}),
    }),
    backups: fakeBackups(clock),
    draftQuestion: async () =>
      accept(
        draft({
          kind: "question",
          question: {
            need: "heard",
            depth: "meaning",
            askedAt: [clock.now()],
            helpsBy: undefined,
          },
        }),
      ),
    describeQuestion: async (id, description) =>
      shelf.change(id, (card) =>
        card.question === undefined
          ? card
          : { ...card, question: { ...card.question, ...description } },
      ),
    draftAnswer: async (question) => {
      const asked = shelf.find(question);
      if (asked?.question === undefined) return refuse("NO_PAGE");
      return accept(
        draft({
          kind: "answer",
          answer: { question, round: asked.question.askedAt.length - 1, saw: asked.changedAt ?? 0 },
        }),
      );
    },
    discardDraft: async (id) => shelf.remove(id),
    share: async (id) => {
      if (partner.read() === undefined) return refuse("NOT_PAIRED");
      const card = shelf.find(id);
      if (card === undefined) return refuse("NO_PAGE");
      if (card.excerpt === "" && !saysEnough(card.said)) return refuse("EMPTY");
      if (card.draft?.restsUntil !== undefined && card.draft.restsUntil > clock.now())
        return refuse("RESTING");
      if (card.draft?.pausedUntil !== undefined && card.draft.pausedUntil > clock.now())
        return refuse("PAUSED");
      const changed = card.draft?.changes;
      if (changed !== undefined) {
        shelf.rewrite(id, changed);
        shelf.remove(id);
        return accept(changed);
      }
      const shared = newId();
      shelf.copy(id, {
        ...card,
        id: shared,
        place: "shared",
        writtenAt: clock.now(),
        draft: undefined,
      });
      shelf.remove(id);
      return accept(shared);
    },
    askAgain: async (id) =>
      shelf.change(id, (card) =>
        card.question === undefined
          ? card
          : {
              ...card,
              question: { ...card.question, askedAt: [...card.question.askedAt, clock.now()] },
            },
      ),
    openClosed: async (id) =>
      shelf.change(id, (card) => ({ ...card, opened: true, putOff: undefined })),
    draftTold: async () => accept(draft({ kind: "told" })),
    draftDisclosure: async () => {
      const mine = shelf.cards
        .read()
        .find(({ kind, author }) => kind === "disclosure" && author === "me");
      if (mine?.place === "shared") return refuse("DELIVERED");
      return accept(mine?.id ?? draft({ kind: "disclosure" }));
    },
    draftAddition: async (of) => accept(draft({ kind: "addition", of })),
    draftLetter: async (about) =>
      accept(draft({ kind: "letter", letter: { about, pauseHours: about === "impact" ? 24 : 0 } })),
    setPause: async (id, pauseHours) =>
      shelf.change(id, (card) =>
        card.letter === undefined ? card : { ...card, letter: { ...card.letter, pauseHours } },
      ),
    draftReply: async (of) => {
      const begun = shelf.cards
        .read()
        .find((card) => card.kind === "reply" && card.of === of && card.place === "draft");
      const pausedUntil = clock.now() + (shelf.find(of)?.letter?.pauseHours ?? 0) * 3_600_000;
      return accept(
        begun?.id ??
          draft({
            kind: "reply",
            of,
            draft: { changes: undefined, restsUntil: undefined, pausedUntil },
          }),
      );
    },
    draftHeard: async (of) => {
      const begun = shelf.cards
        .read()
        .find((card) => card.kind === "heard" && card.of === of && card.place === "draft");
      return accept(begun?.id ?? draft({ kind: "heard", of }));
    },
    nod: async (of, fits) => {
      shelf.add({ ...plainCard(newId(), clock.now()), kind: "nod", of, fits }, "");
      return accept(undefined);
    },
    sayDay: async (question, day) => {
      const said = shelf.cards
        .read()
        .find((card) => card.kind === "byDay" && card.of === question && card.author === "me");
      if (said !== undefined)
        return shelf.change(said.id, (card) => ({ ...card, days: [...card.days, day] }));
      shelf.add(
        { ...plainCard(newId(), clock.now()), kind: "byDay", of: question, days: [day] },
        "",
      );
      return accept(undefined);
    },
    draftPromise: async () => accept(draft({ kind: "promise", promise: { by: undefined } })),
    setPromiseDay: async (id, by) => shelf.change(id, (card) => ({ ...card, promise: { by } })),
    draftOutcome: async (of) => accept(draft({ kind: "outcome", of, went: "kept" })),
    setWent: async (id, went) => shelf.change(id, (card) => ({ ...card, went })),
    ...fakeAgreeing({
      ...{ clock, draft, find: shelf.find, change: shelf.change },
      say: (card) => shelf.add({ ...plainCard(newId(), clock.now()), ...card }, ""),
    }),
    vision: fakeVision({
      ...{ clock, start: start.vision },
      isThere: () => partner.read() !== undefined || ending.read().state === "ended",
      hasEnded: () => ending.read().state === "ended",
      say: (card, body) => {
        const id = newId();
        shelf.add({ ...plainCard(id, clock.now()), ...card }, body);
        return id;
      },
    }),
    pace,
    layPace: async () => {
      if (!pace.read().again) return refuse("NO_LONGER");
      pace.set({ ...pace.read(), state: "mine", again: false });
      return accept(undefined);
    },
    clearPace: async () => {
      pace.set({ ...pace.read(), state: "none", last: undefined });
      return accept(undefined);
    },
    ...fakePractices({
      ...{ clock, draft, change: shelf.change, cards: shelf.cards.read },
      say: (card) => {
        const id = newId();
        shelf.add({ ...plainCard(id, clock.now()), ...card }, "");
        return id;
      },
    }),
    rest: async (id, restsUntil) =>
      shelf.change(id, (card) => ({
        ...card,
        draft: {
          changes: card.draft?.changes,
          pausedUntil: card.draft?.pausedUntil,
          restsUntil,
        },
      })),
    draftChange: async (changes) => {
      const card = shelf.find(changes);
      if (card === undefined) return refuse("NO_PAGE");
      const id = newId();
      shelf.copy(changes, {
        ...card,
        id,
        place: "draft",
        draft: { changes, restsUntil: undefined, pausedUntil: undefined },
      });
      return accept(id);
    },
    openHistory: async (id) => shelf.history(id),
    withdraw: async (id) => {
      shelf.empty(id);
      return shelf.change(id, (card) => ({
        ...card,
        title: "",
        excerpt: "",
        withdrawnAt: clock.now(),
      }));
    },
    putOff: async (id, putOff) => shelf.change(id, (card) => ({ ...card, putOff })),
    enough,
    setEnough: async (value) => accept(enough.set(value)),
    arrivals,
    hands: createHandSignals({ cards: gate.cards, clock, came, keepCame: came.set }).now,
    letIn: async () => {
      await gate.letIn();
      return accept(
        arrivals.set({ ...arrivals.read(), quietUntil: undefined, moreQuestions: false }),
      );
    },
    find: async (words) => shelf.search(words),
    sync,
    computers,
    capsules,
    ending: {
      state: ending,
      end: async ({ theirWords, file }) => {
        const code = endingRefused;
        endingRefused = undefined;
        if (code !== undefined) return refuse(code);
        await file?.write(new Uint8Array(64));
        await file?.finish();
        const name = partner.read()?.name ?? "";
        sync.set({ state: "ended" });
        ending.set({
          state: "ended",
          partner: name,
          day: clock.now(),
          theirs: theirsAfter(theirWords),
        });
        partner.set(undefined);
        return accept(undefined);
      },
      decide: async (words) => {
        const now = ending.read();
        if (now.state === "ended") ending.set({ ...now, theirs: theirsAfter(words) });
        return accept(undefined);
      },
    },
    pairing: {
      invite,
      read: (link) =>
        link.startsWith("twofold://pair#")
          ? accept({
              expiresAt: clock.now() + 9 * 60_000,
              meetingPoints: ["ws://192.168.178.20:47180"],
            })
          : refuse("NOT_AN_INVITATION"),
      join,
      adding: async (passphrase) =>
        passphrase === fakePassphrase
          ? accept({
              invite: (where) => invite(where, "adds"),
              join: (link) => join(link, "adds"),
            })
          : refuse("WRONG_SECRET"),
    },
    room: fakeRoom(roomShelf, newId, clock),
    settings,
    tryServer: async ({ url }) => (url.startsWith("stun:") ? "answers" : "refused"),
    changeSettings: async (change) => {
      settings.set({ ...settings.read(), ...change });
      return accept(undefined);
    },
    wordsKept,
    keepWords: async () => accept(wordsKept.set(true)),
    newRecoveryWords: async (passphrase) => {
      if (passphrase !== fakePassphrase) return refuse("WRONG_SECRET");
      wordsKept.set(false);
      return accept(fakeWords);
    },
    wordsCheck: {
      due: wordsDue,
      later: async () => accept(wordsDue.set(false)),
      check: async (words) => {
        if (words.length !== fakeWords.length) return refuse("BAD_WORDS");
        if (words.some((word, place) => word !== fakeWords[place])) return refuse("WRONG_SECRET");
        return accept(wordsDue.set(false));
      },
    },
    changePassphrase: async (current) =>
      current === fakePassphrase ? accept(undefined) : refuse("WRONG_SECRET"),
    computerKey: {
      kept: computerKey,
      renew: async (passphrase) =>
        passphrase === fakePassphrase ? accept("deleted") : refuse("WRONG_SECRET"),
    },
    troubles,
    lock: async () => {
      locked = true;
    },
    set: {
      partner: partner.set,
      sync: sync.set,
      computers: computers.set,
      troubles: troubles.set,
      pairing: pairing.set,
      saved: shelf.saved.set,
      room: (state) => roomShelf.state.set({ state, made: true }),
      pace: pace.set,
      says: (card) => {
        const id = newId();
        const body = card.excerpt ?? "";
        shelf.add({ ...plainCard(id, clock.now()), author: "partner", ...card }, body);
        return id;
      },
      wordsKept: wordsKept.set,
      wordsDue: wordsDue.set,
      computerKey: computerKey.set,
      arrivals: arrivals.set,
      arrive: ({ body, ...card }) => shelf.add({ ...card, excerpt: "" }, body),
      enough: enough.set,
      capsules: capsules.set,
      ending: ending.set,
      refuseEnding: (code) => {
        endingRefused = code;
      },
    },
    locked: () => locked,
    meetings: () => meetings,
    photos: shelf.photos,
  };
};

export const fakePassphrase = "open sesame";

/** Any other passphrase is wrong and makes one wait. */
export const createFakeDoor = (journal: FakeJournal, first: DoorView): Door => {
  let view = first;
  let putAside: readonly AsideJournal[] = [];
  const opened = (passphrase: string) => {
    if (passphrase === fakePassphrase) return accept(journal);
    view = { state: "locked", waitMs: 8_000 };
    return refuse("WRONG_SECRET" as const);
  };
  return {
    look: async () => view,
    holdsWords: () => false,
    restore: async (_, secret) =>
      "passphrase" in secret ? opened(secret.passphrase) : accept(journal),
    create: async (_, progress) => {
      for (const step of ["measuring", "deriving", "writing"] as const) {
        progress(step);
        await new Promise((soon) => setTimeout(soon, 60));
      }
      view = { state: "locked", waitMs: 0 };
      journal.set.wordsKept(false);
      return accept({ recoveryWords: fakeWords, journal });
    },
    unlock: async (passphrase) => opened(passphrase),
    aside: {
      list: () => putAside,
      putAside: async () => {
        putAside = [{ place: 0, at: 1_790_000_000_000 }];
        view = { state: "new" };
        return accept(undefined);
      },
      goBack: async () => {
        putAside = [];
        view = { state: "locked", waitMs: 0 };
        return accept(undefined);
      },
    },
    unlockWithWords: async (words) => (words.length === 12 ? accept(journal) : refuse("BAD_WORDS")),
  };
};

export const fakeWords =
  "orbit velvet canyon humble lantern ripple saddle amber thrive oyster meadow quilt".split(" ");

const fakeTalk = (view: Cell<PairingView>, onPaired: () => void): PairingTalk => ({
  view,
  confirm: () => {
    view.set({ step: "done", partner: { name: "Sam" } });
    onPaired();
  },
  differ: () => view.set({ step: "ended", code: "DIFFER" }),
  cancel: () => view.set({ step: "ended", code: "CANCELLED" }),
});

const fakeRoom = (
  shelf: ReturnType<typeof createShelf>,
  newId: () => PageId,
  clock: Clock,
): Room => {
  const open = async (passphrase: string) => {
    if (passphrase.length < 10) return refuse("WRONG_SECRET" as const);
    shelf.state.set({ state: "open", made: true });
    return accept(undefined);
  };
  return {
    state: shelf.state,
    setUp: open,
    unlock: open,
    lock: async () => shelf.state.set({ state: "closed", made: true }),
    entries: fakeBook({
      place: "room",
      shelf,
      standing: shelf.cards,
      clock,
      draft: () => {
        const id = newId();
        shelf.add({ ...plainCard(id, clock.now()), place: "room" }, "");
        return id;
      },
    }),
    troubles: createCell<readonly Trouble[]>([]),
    copyOut: async () => accept(newId()),
    copyIn: async () => accept(newId()),
    backups: fakeBackups(clock),
    changePassphrase: async (current) =>
      current === fakePassphrase ? accept(undefined) : refuse("WRONG_SECRET"),
    restore: async (_, passphrase) => open(passphrase),
  };
};

const countIds = () => {
  let count = 0xf000;
  return () => (count++).toString(16).padStart(32, "0") as PageId;
};

export const plainCard = (id: PageId, writtenAt: number): Card => ({
  id,
  kind: "entry",
  author: "me",
  place: "shared",
  title: "",
  excerpt: "",
  writtenAt,
  changedAt: undefined,
  dateDoubtful: false,
  cameBack: false,
  withdrawnAt: undefined,
  opened: true,
  putOff: undefined,
  question: undefined,
  answer: undefined,
  letter: undefined,
  agreement: undefined,
  promise: undefined,
  went: undefined,
  said: undefined,
  of: undefined,
  fits: undefined,
  days: [],
  draft: undefined,
  aboutAt: writtenAt,
  tags: [],
  feelings: [],
  hasPhotos: false,
  trashedAt: undefined,
});

export type FakeShelf = ReturnType<typeof createShelf>;

const createShelf = (written: readonly Written[], clock: Clock, many: readonly Card[] = []) => {
  const docs = new Map<PageId, Y.Doc>();
  const earlier = new Map<PageId, readonly Uint8Array[]>();
  const times = new Map<PageId, readonly number[]>();
  const cards = createCell<readonly Card[]>([]);
  const photos = createFakePhotos();
  const saved = createCell<SaveState>({ state: "untouched" });
  const state = createCell<RoomState>({ state: "closed", made: false });

  const put = (next: readonly Card[]) =>
    cards.set(next.toSorted((one, other) => other.writtenAt - one.writtenAt));
  const find = (id: PageId) => cards.read().find((card) => card.id === id);
  const change = (id: PageId, edit: (card: Card) => Card): Result<void, PageCode> => {
    put(cards.read().map((card) => (card.id === id ? edit(card) : card)));
    return accept(undefined);
  };
  const add = (card: Card, body: string) => {
    const doc = new Y.Doc();
    writeBody(doc.getXmlFragment("body"), body);
    hold(doc, card);
  };
  const hold = (doc: Y.Doc, card: Card) => {
    docs.set(card.id, doc);
    put([...cards.read(), { ...card, excerpt: excerptOf(doc, card) }]);
    doc.on("update", () => {
      saved.set({ state: "saving" });
      clock.after(400, () => saved.set({ state: "saved" }));
      change(card.id, (now) => ({
        ...now,
        excerpt: excerptOf(doc, now),
        hasPhotos: now.hasPhotos || photosIn(doc.getXmlFragment("body")).length > 0,
      }));
    });
  };

  put([...many]);
  for (const { body, earlier: before = [], earlierAt, ...card } of written) {
    add({ ...card, excerpt: "" }, body);
    if (earlierAt !== undefined) times.set(card.id, earlierAt);
    if (before.length > 0) earlier.set(card.id, before.map(stateOf));
  }

  return {
    cards,
    photos,
    saved,
    state,
    find,
    change,
    add,
    copy: (from: PageId, card: Card) => {
      const doc = new Y.Doc();
      const source = docs.get(from);
      if (source !== undefined) Y.applyUpdate(doc, Y.encodeStateAsUpdate(source));
      hold(doc, card);
    },
    /** The words of a draft take the place of a page's. */
    rewrite: (from: PageId, to: PageId) => {
      const doc = docs.get(to);
      const source = docs.get(from);
      if (doc === undefined || source === undefined) return;
      earlier.set(to, [...(earlier.get(to) ?? []), Y.encodeStateAsUpdate(doc)]);
      const body = doc.getXmlFragment("body");
      body.delete(0, body.length);
      for (const block of source.getXmlFragment("body").toArray())
        if (block instanceof Y.XmlElement) body.push([block.clone()]);
      const { title = "" } = find(from) ?? {};
      change(to, (card) => ({ ...card, title, changedAt: clock.now() }));
    },
    empty: (id: PageId) => {
      const body = docs.get(id)?.getXmlFragment("body");
      body?.delete(0, body.length);
      earlier.delete(id);
    },
    history: async (id: PageId): Promise<Result<History, PageCode>> => {
      const doc = docs.get(id);
      const card = find(id);
      if (doc === undefined || card === undefined) return refuse("NO_PAGE");
      const states = [...(earlier.get(id) ?? []), Y.encodeStateAsUpdate(doc)];
      return accept({
        versions: states.map((state, index) => {
          const then = new Y.Doc();
          Y.applyUpdate(then, state);
          return {
            id: index as VersionId,
            writtenAt:
              times.get(id)?.[index] ??
              (index === 0 ? card.writtenAt : (card.changedAt ?? card.writtenAt)),
            dateDoubtful: false,
            title: card.title,
            body: then.getXmlFragment("body") as unknown as PageBody,
          };
        }),
        photos,
        close: () => {},
      });
    },
    search: (words: string): ReadonlySet<PageId> =>
      new Set(
        [...docs]
          .filter(([id, doc]) => {
            const text = `${find(id)?.title ?? ""} ${plain(doc.getXmlFragment("body"))}`;
            return words
              .toLowerCase()
              .split(/\s+/)
              .every((word) => text.toLowerCase().includes(word));
          })
          .map(([id]) => id),
      ),
    remove: (id: PageId): Result<void, PageCode> => {
      put(cards.read().filter((card) => card.id !== id));
      return accept(undefined);
    },
    open: async (id: PageId): Promise<Result<OpenPage, PageCode>> => {
      const first = find(id);
      const doc = docs.get(id) ?? (first === undefined ? undefined : docOf(first));
      if (doc === undefined || first === undefined) return refuse("NO_PAGE");
      return accept({
        card: { subscribe: cards.subscribe, read: () => find(id) ?? first },
        body: doc.getXmlFragment("body") as unknown as PageBody,
        editable: first.author === "me" && (first.place !== "shared" || first.kind === "entry"),
        setTitle: (title) => change(id, (card) => ({ ...card, title })),
        describe: (description) =>
          change(id, (card) => ({
            ...card,
            ...description,
            aboutAt:
              "aboutAt" in description ? (description.aboutAt ?? card.writtenAt) : card.aboutAt,
          })),
        photos,
        saved,
        flush: async () => accept(undefined),
        close: async () => {},
      });
    },
  };
};

const docOf = ({ excerpt }: Card): Y.Doc => {
  const doc = new Y.Doc();
  writeBody(doc.getXmlFragment("body"), excerpt);
  return doc;
};

const excerptOf = (doc: Y.Doc, card: Card): string => {
  if (!card.opened || card.withdrawnAt !== undefined) return "";
  return plain(doc.getXmlFragment("body")).trim().slice(0, 200);
};

const plain = (node: Y.XmlFragment): string =>
  node
    .toArray()
    .map((child) =>
      child instanceof Y.XmlText ? textOf(child) : `${plain(child as Y.XmlElement)} `,
    )
    .join("");

const textOf = (text: Y.XmlText): string =>
  (text.toDelta() as { insert: string }[]).map(({ insert }) => insert).join("");

/** Paragraphs by empty lines; "## " a heading, "> " a quote, "- " list items, **bold**. */
const writeBody = (body: Y.XmlFragment, text: string) => {
  for (const block of text.split("\n\n").filter((part) => part !== ""))
    body.push([readBlock(block)]);
};

const readBlock = (block: string): Y.XmlElement => {
  if (block.startsWith("## ")) {
    const heading = new Y.XmlElement<{ level: number }>("heading");
    heading.setAttribute("level", 2);
    heading.insert(0, [runs(block.slice(3))]);
    return heading as unknown as Y.XmlElement;
  }
  if (block.startsWith("> ")) return around("blockquote", [paragraph(block.slice(2))]);
  if (block.startsWith("- "))
    return around(
      "bulletList",
      block.split("\n").map((item) => around("listItem", [paragraph(item.slice(2))])),
    );
  return paragraph(block);
};

const around = (name: string, inside: Y.XmlElement[]): Y.XmlElement => {
  const element = new Y.XmlElement(name);
  element.insert(0, inside);
  return element;
};

const paragraph = (text: string): Y.XmlElement => {
  const element = new Y.XmlElement("paragraph");
  element.insert(0, [runs(text)]);
  return element;
};

const stateOf = (body: string): Uint8Array => {
  const doc = new Y.Doc();
  writeBody(doc.getXmlFragment("body"), body);
  return Y.encodeStateAsUpdate(doc);
};

const runs = (text: string): Y.XmlText => {
  const made = new Y.XmlText();
  made.applyDelta(
    text
      .split("**")
      .map((insert, index) => (index % 2 === 1 ? { insert, attributes: { bold: {} } } : { insert }))
      .filter(({ insert }) => insert !== ""),
  );
  return made;
};
