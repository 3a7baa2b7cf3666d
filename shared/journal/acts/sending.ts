import type { Clock } from "../../base/clock.ts";
import type { PageId } from "../../base/ids.ts";
import { createQueue } from "../../base/queue.ts";
import type { Random } from "../../base/random.ts";
import { refuse, type Result } from "../../base/result.ts";
import type { Shelf } from "../../page/shelf.ts";
import { copyForChange, dropUnfinishedCopies, shareChange } from "./changing.ts";
import type { ShareCode } from "../journal.ts";
import type { PageCode } from "../openPage.ts";
import type { SharedShelf } from "../sharedShelf.ts";
import { withdrawnPages, withdrawPage } from "./withdrawing.ts";
import { type AnswersTo, shareDraft } from "../pages/writing.ts";

/**
 * What takes several messages on two shelves, and may be cut short by a full disk or a killed process between any
 * two of them. One at a time, since each looks first at what is there.
 */
export type Sending = {
  readonly share: (draft: PageId, answers: AnswersTo) => Promise<Result<PageId, ShareCode>>;
  readonly copy: (page: PageId) => Promise<Result<PageId, PageCode>>;
  readonly withdraw: (page: PageId) => Promise<Result<void, PageCode>>;
  /** Its withdrawal was asked for and waits for the disk: nothing is written on it any more. */
  readonly isLeaving: (page: PageId) => boolean;
  /** Finishes what was begun; what the disk refuses is tried again by itself, until `stop`. */
  readonly keep: () => Promise<void>;
  readonly stop: () => void;
};

export type SendingParts = {
  readonly drafts: Shelf;
  readonly shared: () => SharedShelf | undefined;
  readonly clock: Clock;
  readonly random: Random;
};

/** What another try may mend. */
const diskCodes: readonly ShareCode[] = ["DISK_FULL", "STORE_FAILED"];

const retryMs = 5_000;

export const createSending = ({ drafts, shared, clock, random }: SendingParts): Sending => {
  const queue = createQueue();
  let cancelRetry = (): void => {};
  let stopped = false;
  /**
   * Drafts whose mark the disk refused: it goes out with whatever is written next, and then they are on their way.
   * Until then they are not sent, since their writer may write on.
   */
  const unmarked = new Set<PageId>();
  /** Withdrawals of which not even the trace is on the disk, by the shelf that they are on. */
  let wanted: { readonly shelf: SharedShelf; readonly pages: Set<PageId> } | undefined;

  const wantedOn = (shelf: SharedShelf): Set<PageId> => {
    if (wanted?.shelf !== shelf) wanted = { shelf, pages: new Set() };
    return wanted.pages;
  };

  const share = async (
    shelf: SharedShelf,
    draft: PageId,
    answers: AnswersTo,
  ): Promise<Result<PageId, PageCode>> => {
    const changes = drafts.pages.facts.read().get(draft)?.changes;
    const sent =
      changes === undefined
        ? await shareDraft(drafts, shelf, draft, answers, random)
        : await shareChange({ drafts, shared: shelf, random }, draft, changes, answers);
    if (sent.ok || !diskCodes.includes(sent.code)) unmarked.delete(draft);
    else unmarked.add(draft);
    return sent;
  };

  const withdraw = async (shelf: SharedShelf, page: PageId): Promise<Result<void, PageCode>> => {
    const pages = wantedOn(shelf);
    pages.add(page);
    const withdrawn = await withdrawPage(drafts, shelf, page, random);
    if (withdrawn.ok || !diskCodes.includes(withdrawn.code)) pages.delete(page);
    return withdrawn;
  };

  /** False: something still waits. */
  const finish = async (shelf: SharedShelf): Promise<boolean> => {
    let finished = await dropUnfinishedCopies(drafts);
    for (const page of new Set([...wantedOn(shelf), ...withdrawnPages(shelf)]))
      finished = (await withdraw(shelf, page)).ok && finished;
    const standing = drafts.pages.facts.read();
    for (const [draft, { sharing }] of standing)
      if (sharing) finished = (await share(shelf, draft, {})).ok && finished;
    for (const draft of unmarked) {
      const facts = standing.get(draft);
      const rests = (facts?.restsUntil ?? 0) > clock.now() || facts?.trashedAt !== undefined;
      if (facts === undefined || rests) unmarked.delete(draft);
    }
    return finished && unmarked.size === 0;
  };

  const keep = async (): Promise<void> => {
    const finished = await queue(async () => {
      const shelf = stopped ? undefined : shared();
      return shelf === undefined || finish(shelf);
    });
    cancelRetry();
    if (!finished && !stopped) cancelRetry = clock.after(retryMs, () => void keep());
  };

  /** What was cut short goes on by itself. */
  const onShelf = async <Value, Code extends string>(
    job: (shelf: SharedShelf) => Promise<Result<Value, Code>>,
    alone: Code,
  ): Promise<Result<Value, Code>> => {
    const shelf = shared();
    if (shelf === undefined) return refuse(alone);
    const done = await queue(() => job(shelf));
    if (!done.ok) await keep();
    return done;
  };

  return {
    share: (draft, answers) =>
      onShelf<PageId, ShareCode>((shelf) => share(shelf, draft, answers), "NOT_PAIRED"),
    copy: (page) =>
      onShelf<PageId, PageCode>((shelf) => copyForChange(drafts, shelf, page, random), "NO_PAGE"),
    withdraw: (page) => onShelf<void, PageCode>((shelf) => withdraw(shelf, page), "NO_PAGE"),
    isLeaving: (page) => wanted?.pages.has(page) === true,
    keep,
    stop: () => {
      stopped = true;
      cancelRetry();
    },
  };
};
