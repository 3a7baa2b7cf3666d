import { useMemo } from "react";
import { useLocation } from "wouter";
import type { PageId } from "../../shared/base/ids.ts";
import type { Result } from "../../shared/base/result.ts";
import type { BookCode } from "../../shared/journal/entryBook.ts";
import { useCanAsk } from "../hand/useCanAsk.ts";
import { useListMemory } from "../journal/list/listMemory.tsx";
import { useAdding } from "../pair/useAdding.ts";
import { usePairStanding } from "../pair/usePairStanding.ts";
import { findBegun } from "../questions/findBegun.ts";
import { readThreads } from "../questions/threads.ts";
import { settingsAt } from "../settings/parts.ts";
import { useLook } from "../settings/useLook.ts";
import { findEmptyDraft } from "../ui/emptyDraft.ts";
import { steadyKeys } from "../steady/steadyKeys.ts";
import { textSizes, themes } from "../ui/preferences.ts";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { useWishes, type Wish } from "../ui/wishes.tsx";

export const commandGroups = ["go", "write", "look", "leave"] as const;

export type CommandId =
  | "today"
  | "journal"
  | "questions"
  | "letters"
  | "whys"
  | "whenThens"
  | "setbacks"
  | "before"
  | "theirSide"
  | "undecided"
  | "agreements"
  | "promises"
  | "talks"
  | "plans"
  | "contact"
  | "forMe"
  | "cues"
  | "people"
  | "us"
  | "togethers"
  | "vision"
  | "pace"
  | "album"
  | "timeline"
  | "weather"
  | "session"
  | "away"
  | "room"
  | "trash"
  | "sendFile"
  | "takeFile"
  | "settings"
  | "begin"
  | "help"
  | "invite"
  | "meetAgain"
  | "newComputer"
  | "addComputer"
  | "joinOwn"
  | "lostComputer"
  | "ending"
  | "find"
  | "steady"
  | "jump"
  | "write"
  | "ask"
  | "letter"
  | "agreement"
  | "promise"
  | "why"
  | "whenThen"
  | "setback"
  | "builds"
  | "talk"
  | "together"
  | "memory"
  | "hand"
  | "alone"
  | "wordCount"
  | "larger"
  | "smaller"
  | "themeSystem"
  | "themeLight"
  | "themeDark"
  | "keys"
  | "leaveRoom"
  | "lock"
  | "stepOut";

export type Command = {
  readonly id: CommandId;
  readonly group: (typeof commandGroups)[number];
  readonly keys?: readonly string[];
  /** Makes a page and goes there; the palette stays until it is made, and says where that was refused. */
  readonly make?: () => Promise<Result<string, BookCode>>;
  readonly run?: () => void;
};

type CommandParts = { readonly onLock: () => void; readonly onKeys: () => void };

/** The side that is open on the screen: in my room its own entries, outside never a word of them. */
export const useOpenSide = () => {
  const journal = useJournal();
  const [location] = useLocation();
  const { state } = useLive(journal.room.state);
  const inRoom = state === "open" && /^\/room(\/|$)/.test(location);
  return inRoom
    ? ({ book: journal.room.entries, base: "/room" } as const)
    : ({ book: journal.entries, base: "/journal" } as const);
};

/** What can be done from here, in the order in which it is shown. */
export const useCommands = ({ onLock, onKeys }: CommandParts): readonly Command[] => {
  const journal = useJournal();
  const { stepOut, steady } = useSurroundings();
  const { book, base } = useOpenSide();
  const { state: room } = useLive(journal.room.state);
  const canEnd = useLive(journal.ending.state).state !== "alone";
  const canAsk = useCanAsk();
  const standing = usePairStanding();
  const adding = useAdding();
  const hasOthers = useLive(journal.computers).mine > 0;
  const [, navigate] = useLocation();
  const [look, change] = useLook();
  const wishes = useWishes();
  const memory = useListMemory(book.place);
  return useMemo(() => {
    const go = (to: string) => () => navigate(to);
    const wishAt = (to: string, wish: Wish) => () => {
      navigate(to);
      wishes?.wish(wish);
    };
    const jump = () => {
      // What is looked for stands in the place of the list.
      memory.keep({ sought: "" });
      if (wishes?.isHeard("find") === true) wishes.wish("find");
      wishAt(base, "jump")();
    };
    const at = textSizes.indexOf(look.textSize);
    const [smaller, larger] = [textSizes[at - 1], textSizes[at + 1]];
    const list: readonly (Command | false)[] = [
      { id: "today", group: "go", run: go("/today") },
      { id: "journal", group: "go", run: go("/journal") },
      { id: "questions", group: "go", run: go("/questions") },
      { id: "letters", group: "go", run: go("/letters") },
      { id: "whys", group: "go", run: go("/why") },
      { id: "agreements", group: "go", run: go("/agreements") },
      { id: "promises", group: "go", run: go("/promises") },
      { id: "whenThens", group: "go", run: go("/when-then") },
      { id: "setbacks", group: "go", run: go("/setbacks") },
      { id: "before", group: "go", run: go("/before") },
      { id: "theirSide", group: "go", run: go("/their-side") },
      { id: "undecided", group: "go", run: go("/undecided") },
      { id: "talks", group: "go", run: go("/talks") },
      { id: "plans", group: "go", run: go("/plans") },
      { id: "contact", group: "go", run: go("/contact") },
      { id: "forMe", group: "go", run: go("/for-me/helps") },
      { id: "cues", group: "go", run: go("/for-me/cues") },
      { id: "people", group: "go", run: go("/for-me/people") },
      { id: "us", group: "go", run: go("/us") },
      { id: "togethers", group: "go", run: go("/us/together") },
      { id: "vision", group: "go", run: go("/us/vision") },
      { id: "pace", group: "go", run: go("/us/pace") },
      { id: "album", group: "go", run: go("/us/album") },
      { id: "timeline", group: "go", run: go("/timeline") },
      { id: "weather", group: "go", run: go("/timeline/weather") },
      { id: "session", group: "go", run: go("/session") },
      { id: "room", group: "go", run: go("/room") },
      { id: "steady", group: "go", keys: steadyKeys, run: steady },
      { id: "find", group: "go", keys: ["/"], run: wishAt(base, "find") },
      { id: "jump", group: "go", run: jump },
      { id: "trash", group: "go", run: go(`${base}/trash`) },
      { id: "sendFile", group: "go", run: wishAt("/capsule", "sendFile") },
      { id: "takeFile", group: "go", run: wishAt("/capsule", "takeFile") },
      { id: "settings", group: "go", run: go("/settings") },
      { id: "begin", group: "go", run: go("/begin") },
      { id: "help", group: "go", run: go("/help") },
      { id: "away", group: "go", run: go(settingsAt("receiving")) },
      standing === "alone" && { id: "invite", group: "go", run: go("/pair") },
      standing === "paused" && { id: "meetAgain", group: "go", run: go("/pair") },
      standing === "together" && { id: "newComputer", group: "go", run: go("/pair/again") },
      adding === "may" && { id: "addComputer", group: "go", run: go("/pair/own") },
      standing === "alone" && { id: "joinOwn", group: "go", run: go("/pair/join-own") },
      standing === "together" &&
        hasOthers && { id: "lostComputer", group: "go", run: go("/pair/lost") },
      canEnd && { id: "ending", group: "go", run: go("/settings/ending") },
      {
        id: "write",
        group: "write",
        make: () =>
          pathOf(base, findEmptyDraft(book.cards.read(), "entry")?.id, () => book.draftEntry()),
      },
      {
        id: "ask",
        group: "write",
        make: () =>
          pathOf(
            "/questions",
            findBegun(readThreads(journal.cards.read()).drafts)?.id,
            journal.draftQuestion,
          ),
      },
      { id: "letter", group: "write", run: wishAt("/letters", "letter") },
      { id: "agreement", group: "write", run: wishAt("/agreements", "agreement") },
      { id: "promise", group: "write", run: wishAt("/promises", "promise") },
      { id: "why", group: "write", run: wishAt("/why", "why") },
      { id: "whenThen", group: "write", run: wishAt("/when-then", "whenThen") },
      { id: "setback", group: "write", run: wishAt("/setbacks", "setback") },
      { id: "builds", group: "write", run: wishAt("/before", "builds") },
      { id: "talk", group: "write", run: wishAt("/talks", "talk") },
      { id: "together", group: "write", run: wishAt("/us/together", "together") },
      { id: "memory", group: "write", run: wishAt("/us/album", "memory") },
      canAsk && { id: "hand", group: "write", run: () => wishes?.wish("hand") },
      wishes?.isHeard("alone") === true && {
        id: "alone",
        group: "write",
        keys: ["Mod", "Shift", "F"],
        run: () => wishes.wish("alone"),
      },
      ...themes
        .filter((theme) => theme !== look.theme)
        .map((theme) => ({
          id: themeCommands[theme],
          group: "look" as const,
          run: () => change({ theme }),
        })),
      larger !== undefined && {
        id: "larger",
        group: "look",
        run: () => change({ textSize: larger }),
      },
      smaller !== undefined && {
        id: "smaller",
        group: "look",
        run: () => change({ textSize: smaller }),
      },
      { id: "wordCount", group: "look", run: () => change({ wordCount: !look.wordCount }) },
      { id: "keys", group: "look", keys: ["?"], run: onKeys },
      room === "open" && {
        id: "leaveRoom",
        group: "leave",
        run: () => {
          if (base === "/room") navigate("/room", { replace: true });
          void journal.room.lock();
        },
      },
      { id: "lock", group: "leave", run: onLock },
      { id: "stepOut", group: "leave", keys: ["Esc", "Esc"], run: stepOut },
    ];
    return list.filter((command) => command !== false);
  }, [
    journal,
    book,
    base,
    room,
    canEnd,
    canAsk,
    standing,
    adding,
    hasOthers,
    look,
    change,
    navigate,
    wishes,
    memory,
    onLock,
    onKeys,
    stepOut,
    steady,
  ]);
};

const themeCommands = {
  system: "themeSystem",
  light: "themeLight",
  dark: "themeDark",
} as const;

/** One that was begun and left without a word is gone on with. */
const pathOf = async (
  base: string,
  begun: PageId | undefined,
  make: () => Promise<Result<PageId, BookCode>>,
): Promise<Result<string, BookCode>> => {
  if (begun !== undefined) return { ok: true, value: `${base}/${begun}` };
  const made = await make();
  return made.ok ? { ok: true, value: `${base}/${made.value}` } : made;
};
